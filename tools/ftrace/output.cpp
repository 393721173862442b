// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/ftrace/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace ftrace {
namespace {

constexpr size_t kBufferSize = size_t{64} << 10;
constexpr mode_t kFileMode = 0666;

}  // namespace

void PrintError(std::string_view message) {
  const std::string line = fmt::format("ftrace: {}\n", message);
  // One write, so that lines of several processes do not mix. Nobody is left to tell of a failure.
  if (write(STDERR_FILENO, line.data(), line.size()) < 0) return;
}

Result<Output> Output::Open(const std::string& path, int default_fd) {
  if (path.empty()) {
    return Output(default_fd == STDOUT_FILENO ? "standard output" : "standard error", default_fd,
                  false);
  }
  if (path == "-") return Output("standard output", STDOUT_FILENO, false);
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kFileMode);
  if (fd < 0) {
    return Error{
        fmt::format("{}: {}: cannot be written, choose another file", path, std::strerror(errno))};
  }
  return Output(path, fd, true);
}

Output::Output(std::string name, int fd, bool owned)
    : name_(std::move(name)), fd_(fd), owned_(owned) {}

Output::Output(Output&& other) noexcept
    : name_(std::move(other.name_)),
      fd_(std::exchange(other.fd_, -1)),
      owned_(std::exchange(other.owned_, false)),
      buffer_(std::move(other.buffer_)),
      error_(std::move(other.error_)) {}

Output::~Output() { Close(); }

void Output::Write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= kBufferSize) Flush();
}

void Output::Flush() {
  size_t done = 0;
  while (fd_ >= 0 && error_.empty() && done < buffer_.size()) {
    const ssize_t written = write(fd_, buffer_.data() + done, buffer_.size() - done);
    if (written >= 0) {
      done += static_cast<size_t>(written);
    } else if (errno != EINTR) {
      error_ = fmt::format("{}: {}: the output is incomplete, make room or choose another file",
                           name_, std::strerror(errno));
    }
  }
  buffer_.clear();
}

std::string Output::Close() {
  Flush();
  if (owned_ && fd_ >= 0 && close(fd_) != 0 && error_.empty()) {
    error_ = fmt::format("{}: {}: the output is incomplete", name_, std::strerror(errno));
  }
  fd_ = -1;
  return std::exchange(error_, "");
}

}  // namespace ftrace
