// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/ftrace/launch.h"

#include <elf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "arch/site.h"
#include "tools/ftrace/elf_file.h"

namespace ftrace {
namespace {

constexpr std::string_view kRuntimeName = "libftrace_rt.so.0";
constexpr char kShell[] = "/bin/sh";

struct sigaction found_sigpipe;

// The path of a command, or the errno for which there is none.
std::variant<std::string, int> FindCommand(const std::string& command) {
  if (command.empty()) return ENOENT;
  if (command.find('/') != std::string::npos) return command;
  const char* variable = std::getenv("PATH");
  const std::string path = variable == nullptr ? "/bin:/usr/bin" : variable;
  int error = ENOENT;
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find(':', begin), path.size());
    const std::string directory = path.substr(begin, end - begin);
    std::string candidate = (directory.empty() ? "." : directory) + "/" + command;
    struct stat status;
    if (stat(candidate.c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
      if (access(candidate.c_str(), X_OK) == 0) return candidate;
      error = EACCES;
    }
    begin = end + 1;
  }
  return error;
}

LaunchError CannotStart(const std::string& command, int error) {
  if (error == ENOENT) {
    return {kExitNotFound, fmt::format("{}: command not found: check its name and PATH", command)};
  }
  return {kExitCannotExecute,
          fmt::format("{}: {}: it cannot be executed", command, std::strerror(error))};
}

bool IsElf(const std::string& path) {
  char magic[SELFMAG] = {};
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool elf = read(fd, magic, sizeof(magic)) == SELFMAG &&
                   std::equal(std::begin(magic), std::end(magic), ELFMAG);
  close(fd);
  return elf;
}

Result<ElfFile> OpenOne(const std::string& path) {
  std::vector<SkippedFile> skipped;
  Result<std::vector<ElfFile>> files = ElfFile::Open(path, &skipped);
  if (!files) return Error{files.error()};
  if (files->size() != 1) return Error{fmt::format("{}: is no program", path)};
  return std::move(files->front());
}

bool HasRuntimeNote(const ElfFile& file) {
  const Result<std::vector<ElfNote>> notes = file.Notes(FTRACE_NOTE_OWNER);
  return notes && std::any_of(notes->begin(), notes->end(),
                              [](const ElfNote& note) { return note.type == FTRACE_NOTE_RUNTIME; });
}

// In the child, after fork().
[[noreturn]] void Execute(const char* path, char** argv, char** envp, int error_pipe) {
  execve(path, argv, envp);
  int error = errno;
  if (error == ENOEXEC) {
    // A text file without #!: what shells do with it.
    std::vector<char*> shell_argv = {const_cast<char*>(kShell), const_cast<char*>(path)};
    for (char** argument = argv + 1; *argument != nullptr; ++argument) {
      shell_argv.push_back(*argument);
    }
    shell_argv.push_back(nullptr);
    execve(kShell, shell_argv.data(), envp);
    error = errno;
  }
  if (write(error_pipe, &error, sizeof(error)) < 0) _exit(kExitNotFound);
  _exit(error == ENOENT ? kExitNotFound : kExitCannotExecute);
}

// Lets SIGINT and SIGQUIT pass us by while the command has the terminal.
class TerminalSignals {
 public:
  TerminalSignals() {
    struct sigaction ignore{};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGINT, &ignore, &interrupt_);
    sigaction(SIGQUIT, &ignore, &quit_);
  }
  TerminalSignals(const TerminalSignals&) = delete;
  TerminalSignals& operator=(const TerminalSignals&) = delete;
  ~TerminalSignals() { Restore(); }

  void Restore() const {
    sigaction(SIGINT, &interrupt_, nullptr);
    sigaction(SIGQUIT, &quit_, nullptr);
  }

 private:
  struct sigaction interrupt_;
  struct sigaction quit_;
};

std::vector<std::string> EnvironmentWith(const Environment& changes) {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const std::string_view name = text.substr(0, text.find('='));
    const bool replaced = std::any_of(changes.begin(), changes.end(),
                                      [&](const auto& change) { return change.first == name; });
    if (!replaced) variables.emplace_back(text);
  }
  for (const auto& [name, value] : changes) variables.push_back(name + "=" + value);
  return variables;
}

std::vector<char*> Pointers(const std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (const std::string& string : strings) pointers.push_back(const_cast<char*>(string.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

int WaitFor(pid_t child, const std::string& path, std::string* message) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno == EINTR) continue;
    *message = fmt::format("{}: {}: its exit status is lost", path, std::strerror(errno));
    return 1;
  }
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  const int signal = WTERMSIG(status);
  *message = fmt::format("{}: killed by signal {} ({}){}", path, signal, strsignal(signal),
                         WCOREDUMP(status) ? ", core dumped" : "");
  return kExitSignal + signal;
}

}  // namespace

void EndQuietlyOnClosedPipe() {
  struct sigaction end{};
  end.sa_handler = SIG_DFL;
  sigaction(SIGPIPE, &end, &found_sigpipe);
}

std::variant<Program, LaunchError> InspectProgram(const std::string& command,
                                                  const std::string& runtime) {
  const std::variant<std::string, int> found = FindCommand(command);
  if (const int* error = std::get_if<int>(&found)) return CannotStart(command, *error);
  Program program;
  program.path = std::get<std::string>(found);
  struct stat status;
  if (stat(program.path.c_str(), &status) != 0) return CannotStart(command, errno);
  if (S_ISDIR(status.st_mode)) return CannotStart(command, EISDIR);
  if (access(program.path.c_str(), X_OK) != 0) return CannotStart(command, errno);
  program.gains_privileges = ((status.st_mode & S_ISUID) != 0 && status.st_uid != geteuid()) ||
                             ((status.st_mode & S_ISGID) != 0 && status.st_gid != getegid());
  // A script is traced through the programs it runs.
  if (!IsElf(program.path)) return program;
  const Result<ElfFile> file = OpenOne(program.path);
  if (!file) return LaunchError{kExitCannotExecute, file.error()};
  const Result<ElfFile> library = OpenOne(runtime);
  if (!library) return LaunchError{1, library.error()};
  if (file->machine() != library->machine() || file->elf_class() != library->elf_class()) {
    return LaunchError{1, fmt::format("{}: is for ELF machine {}, the runtime {} for {}: use the "
                                      "ftrace of the program's machine",
                                      program.path, file->machine(), runtime, library->machine())};
  }
  const Result<bool> linked = file->Needs(kRuntimeName);
  if (!linked) return LaunchError{kExitCannotExecute, linked.error()};
  program.has_runtime = *linked || HasRuntimeNote(*file);
  program.loads_libraries = file->HasInterpreter();
  return program;
}

Result<std::string> FindRuntime() {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return Error{fmt::format("/proc/self/exe: {}: mount /proc", error.message())};
  const std::filesystem::path runtime =
      self.parent_path().parent_path() / "lib" / std::string(kRuntimeName);
  if (access(runtime.c_str(), R_OK) != 0) {
    return Error{fmt::format("{}: {}: the installation is incomplete, install ftrace again",
                             runtime.string(), std::strerror(errno))};
  }
  if (runtime.string().find_first_of(" :") != std::string::npos) {
    return Error{
        fmt::format("{}: the dynamic loader cannot preload a path with a space or a "
                    "colon: install ftrace elsewhere",
                    runtime.string())};
  }
  return runtime.string();
}

std::string PreloadValue(const std::string& runtime, const char* present) {
  if (present == nullptr || *present == '\0') return runtime;
  return runtime + ":" + present;
}

int RunProgram(const std::string& path, const std::vector<std::string>& arguments,
               const Environment& environment, std::string* message) {
  const std::vector<std::string> variables = EnvironmentWith(environment);
  const std::vector<char*> argv = Pointers(arguments);
  const std::vector<char*> envp = Pointers(variables);
  int error_pipe[2];
  if (pipe2(error_pipe, O_CLOEXEC) != 0) {
    *message = fmt::format("{}: {}: cannot be started", path, std::strerror(errno));
    return 1;
  }
  const TerminalSignals signals;
  const pid_t child = fork();
  if (child == 0) {
    signals.Restore();
    sigaction(SIGPIPE, &found_sigpipe, nullptr);
    Execute(path.c_str(), const_cast<char**>(argv.data()), const_cast<char**>(envp.data()),
            error_pipe[1]);
  }
  const int fork_error = errno;
  close(error_pipe[1]);
  int error = 0;
  const bool failed =
      child > 0 && TEMP_FAILURE_RETRY(read(error_pipe[0], &error, sizeof(error))) == sizeof(error);
  close(error_pipe[0]);
  if (child < 0) {
    *message = fmt::format("{}: {}: cannot be started", path, std::strerror(fork_error));
    return 1;
  }
  const int status = WaitFor(child, path, message);
  if (failed) *message = CannotStart(path, error).message;
  return status;
}

}  // namespace ftrace
