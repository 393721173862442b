// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "llvm-pass/options.h"

#include <cstdint>
#include <fstream>
#include <limits>

#include "runtime/glob.h"

namespace ftrace {
namespace {

constexpr std::string_view kKnownKeys =
    "filter=GLOB notrace=GLOB file=GLOB notrace-file=GLOB list=FILE min-insns=N id=HEX";

std::string Quote(std::string_view text) { return "'" + std::string(text) + "'"; }

bool AnyMatches(const std::vector<std::string>& globs, std::string_view text) {
  for (const std::string& glob : globs) {
    if (Glob(glob.data(), glob.size()).Matches(text.data(), text.size())) return true;
  }
  return false;
}

// The whole of `text` as a decimal number.
bool ParseNumber(std::string_view text, unsigned* value) {
  if (text.empty()) return false;
  uint64_t number = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return false;
    number = number * 10 + static_cast<uint64_t>(digit - '0');
    if (number > std::numeric_limits<unsigned>::max()) return false;
  }
  *value = static_cast<unsigned>(number);
  return true;
}

bool IsHex(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789abcdefABCDEF") == text.npos;
}

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

}  // namespace

std::vector<std::string>* Options::GlobsOf(std::string_view key) {
  if (key == "filter") return &filter_;
  if (key == "notrace") return &notrace_;
  if (key == "file") return &file_;
  if (key == "notrace-file") return &notrace_file_;
  return nullptr;
}

std::string Options::Parse(std::string_view argument) {
  const size_t equals = argument.find('=');
  const std::string_view key = argument.substr(0, equals);
  const std::string_view value =
      equals == argument.npos ? std::string_view() : argument.substr(equals + 1);
  if (key == "list") {
    if (value.empty()) return "'list' needs a value: write list=FILE";
    return ParseList(std::string(value));
  }
  return ParsePair(key, value);
}

std::string Options::ParsePair(std::string_view key, std::string_view value) {
  if (std::vector<std::string>* globs = GlobsOf(key)) {
    if (value.empty()) return Quote(key) + " needs a value: write " + std::string(key) + "=GLOB";
    globs->emplace_back(value);
    return {};
  }
  if (key == "min-insns") {
    if (ParseNumber(value, &min_insns_)) return {};
    return "'min-insns' takes a decimal number, not " + Quote(value);
  }
  if (key == "id") {
    // Only there to be part of the command line, which compiler caches hash.
    if (IsHex(value)) return {};
    return "'id' takes a hexadecimal number, not " + Quote(value);
  }
  return "unknown option " + Quote(key) + ": known are " + std::string(kKnownKeys);
}

std::string Options::ParseList(const std::string& path) {
  std::ifstream file(path);
  if (!file) return "list " + Quote(path) + " cannot be read: check the path";
  std::string text;
  for (unsigned line = 1; std::getline(file, text); ++line) {
    const std::string_view pair = Trim(text);
    if (pair.empty() || pair[0] == '#') continue;
    const std::string where = path + ":" + std::to_string(line) + ": ";
    const size_t equals = pair.find('=');
    const std::string_view key = pair.substr(0, equals);
    if (equals == pair.npos || GlobsOf(key) == nullptr) {
      return where + Quote(pair) +
             " is not a filter: write filter=, notrace=, file= or notrace-file= and a glob";
    }
    const std::string error = ParsePair(key, pair.substr(equals + 1));
    if (!error.empty()) return where + error;
  }
  if (file.bad()) return "list " + Quote(path) + " cannot be read: is it a file?";
  return {};
}

bool Options::SelectsName(const std::vector<std::string>& names) const {
  bool wanted = filter_.empty();
  for (const std::string& name : names) {
    if (AnyMatches(notrace_, name)) return false;
    wanted = wanted || AnyMatches(filter_, name);
  }
  return wanted;
}

bool Options::SelectsFile(std::string_view path) const {
  const std::string_view base = path.substr(path.rfind('/') + 1);
  if (AnyMatches(notrace_file_, path) || AnyMatches(notrace_file_, base)) return false;
  return file_.empty() || AnyMatches(file_, path) || AnyMatches(file_, base);
}

}  // namespace ftrace
