// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/ftrace/launch.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <csignal>

#include "unittests/tools/elf_image.h"

namespace ftrace {
namespace {

using testing::HasSubstr;

struct Ending {
  int status;
  std::string message;
};

Ending Shell(const std::string& script, const Environment& environment = {}) {
  Ending ending;
  ending.status = RunProgram("/bin/sh", {"sh", "-c", script}, environment, &ending.message);
  return ending;
}

TEST(RunProgram, ReturnsTheExitStatus) {
  for (const int status : {0, 1, 3, 126, 127, 255}) {
    const Ending ending = Shell("exit " + std::to_string(status));
    EXPECT_EQ(ending.status, status);
    EXPECT_EQ(ending.message, "");
  }
}

TEST(RunProgram, ReportsTheSignalThatKilled) {
  const Ending killed = Shell("kill -KILL $$");
  EXPECT_EQ(killed.status, 128 + SIGKILL);
  EXPECT_THAT(killed.message, HasSubstr("killed by signal 9"));
  // The command gets the terminal's signals as if we were not there.
  EXPECT_EQ(Shell("kill -INT $$").status, 128 + SIGINT);
}

TEST(RunProgram, WeSurviveTheSignalsOfTheTerminal) {
  EXPECT_EQ(Shell("kill -INT $PPID; kill -QUIT $PPID; exit 5").status, 5);
}

TEST(RunProgram, SetsAndReplacesVariables) {
  ASSERT_EQ(setenv("FTRACE_TEST_OLD", "old", 1), 0);
  EXPECT_EQ(Shell("[ \"$FTRACE_TEST_OLD\" = 'new;\\x' ] && [ \"$FTRACE_TEST_NEW\" = 1 ]",
                  {{"FTRACE_TEST_OLD", "new;\\x"}, {"FTRACE_TEST_NEW", "1"}})
                .status,
            0);
  EXPECT_EQ(Shell("[ \"$FTRACE_TEST_OLD\" = old ]").status, 0);
}

TEST(RunProgram, WhatCannotBeExecutedHasTheStatusOfShells) {
  std::string message;
  EXPECT_EQ(RunProgram("/nonexistent/x", {"x"}, {}, &message), kExitNotFound);
  EXPECT_THAT(message, HasSubstr("command not found"));
  EXPECT_EQ(RunProgram("/", {"x"}, {}, &message), kExitCannotExecute);
  EXPECT_THAT(message, HasSubstr("cannot be executed"));
}

LaunchError Refused(const std::string& command, const std::string& runtime = "/proc/self/exe") {
  const auto result = InspectProgram(command, runtime);
  const auto* error = std::get_if<LaunchError>(&result);
  return error == nullptr ? LaunchError{0, ""} : *error;
}

TEST(InspectProgram, NamesWhatIsWrong) {
  EXPECT_EQ(Refused("no-such-command-at-all").status, kExitNotFound);
  EXPECT_EQ(Refused("/no/such/command").status, kExitNotFound);
  EXPECT_EQ(Refused("").status, kExitNotFound);
  EXPECT_EQ(Refused("/").status, kExitCannotExecute);
  EXPECT_EQ(Refused("/proc/self/status").status, kExitCannotExecute);
}

TEST(InspectProgram, FindsCommandsInPath) {
  const auto result = InspectProgram("sh", "/proc/self/exe");
  ASSERT_TRUE(std::holds_alternative<Program>(result)) << std::get<LaunchError>(result).message;
  const Program& program = std::get<Program>(result);
  EXPECT_THAT(program.path, testing::EndsWith("/sh"));
  EXPECT_TRUE(program.loads_libraries);
  EXPECT_FALSE(program.has_runtime);
}

TEST(InspectProgram, ForeignMachineIsRefused) {
  test::Image image = test::MakeProgram();
  test::Store16(&image, 18, 22);  // e_machine: s390
  const test::MemoryFile foreign(image);
  EXPECT_THAT(Refused("sh", foreign.path()).message, HasSubstr("is for ELF machine"));
}

TEST(InspectProgram, RuntimeNoteAndMissingInterpreterAreSeen) {
  test::Image image = test::MakeProgram();
  test::Store32(&image, test::kNote + 8, 2);  // the note of a runtime
  const test::MemoryFile file(image);
  const std::string path = file.path();
  ASSERT_EQ(chmod(path.c_str(), 0755), 0);
  const auto result = InspectProgram(path, "/proc/self/exe");
  ASSERT_TRUE(std::holds_alternative<Program>(result)) << std::get<LaunchError>(result).message;
  EXPECT_TRUE(std::get<Program>(result).has_runtime);
  EXPECT_FALSE(std::get<Program>(result).loads_libraries);
}

TEST(PreloadValue, ComesBeforeWhatIsThere) {
  EXPECT_EQ(PreloadValue("/lib/a.so", nullptr), "/lib/a.so");
  EXPECT_EQ(PreloadValue("/lib/a.so", ""), "/lib/a.so");
  EXPECT_EQ(PreloadValue("/lib/a.so", "b.so c.so"), "/lib/a.so:b.so c.so");
}

}  // namespace
}  // namespace ftrace
