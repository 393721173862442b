// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/environment.h"

#include <sys/auxv.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "runtime/lock.h"
#include "runtime/message.h"
#include "runtime/profile_tracer.h"

namespace ftrace {
namespace {

enum class Key {
#define FTRACE_ENVIRONMENT_KEY(key, repeats, help) key,
#include "runtime/environment.inc"
#undef FTRACE_ENVIRONMENT_KEY
  count
};

struct KeyInfo {
  const char* name;
  bool repeats;
};

constexpr KeyInfo kKeys[] = {
#define FTRACE_ENVIRONMENT_KEY(key, repeats, help) {#key, repeats},
#include "runtime/environment.inc"
#undef FTRACE_ENVIRONMENT_KEY
};

constexpr size_t kMaxPair = 4096;

// Copies one pair without its escapes; *text moves behind the `;`. False: too long.
bool TakePair(const char** text, char* pair) {
  size_t size = 0;
  const char* p = *text;
  for (; *p != '\0' && *p != ';'; ++p) {
    if (*p == '\\' && p[1] != '\0') ++p;
    if (size == kMaxPair - 1) return false;
    pair[size++] = *p;
  }
  pair[size] = '\0';
  *text = *p == ';' ? p + 1 : p;
  return true;
}

// False: no memory.
bool AddGlob(const char* value, bool notrace, EnvironmentOptions* options) {
  const auto size = static_cast<uint32_t>(strlen(value));
  KeptGlob glob = {static_cast<char*>(Allocate(size)), size, notrace};
  if (glob.text == nullptr) return false;
  memcpy(glob.text, value, size);
  if (options->globs.PushBack(glob)) return true;
  Free(glob.text, glob.size);
  return false;
}

// Null, or what is wrong.
const char* SetOption(Key key, const char* value, EnvironmentOptions* options) {
  if (*value == '\0') return "needs a value";
  switch (key) {
    case Key::tracer:
      if (strcmp(value, "function_profile") == 0) {
        options->tracer = EnvironmentTracer::kFunctionProfile;
      } else if (strcmp(value, "nop") != 0) {
        return "is not a tracer of this version (function_profile, nop)";
      }
      return nullptr;
    case Key::filter:
    case Key::notrace:
      return AddGlob(value, key == Key::notrace, options) ? nullptr : "finds no memory";
    case Key::fd: {
      char* end = nullptr;
      const long fd = strtol(value, &end, 10);
      // strtol() would also take a sign and white space.
      if (*value < '0' || *value > '9' || *end != '\0' || fd > INT32_MAX) {
        return "is not a file descriptor";
      }
      options->fd = static_cast<int>(fd);
      return nullptr;
    }
    case Key::count:
      break;
  }
  return nullptr;
}

}  // namespace

const char* ParseEnvironment(const char* text, EnvironmentOptions* options, char* fault,
                             size_t size) {
  char pair[kMaxPair];
  bool seen[static_cast<size_t>(Key::count)] = {};
  while (*text != '\0') {
    if (!TakePair(&text, pair)) {
      snprintf(fault, size, "a pair is longer than %zu characters", kMaxPair - 1);
      return fault;
    }
    if (pair[0] == '\0') continue;
    char* value = strchr(pair, '=');
    if (value == nullptr) {
      snprintf(fault, size, "'%.64s' is not key=value", pair);
      return fault;
    }
    *value++ = '\0';
    size_t key = 0;
    while (key < static_cast<size_t>(Key::count) && strcmp(pair, kKeys[key].name) != 0) ++key;
    const char* wrong = nullptr;
    if (key == static_cast<size_t>(Key::count)) {
      wrong = "is not a key of this version (tracer, filter, notrace, fd)";
    } else if (seen[key] && !kKeys[key].repeats) {
      wrong = "is given twice";
    } else {
      seen[key] = true;
      wrong = SetOption(static_cast<Key>(key), value, options);
    }
    if (wrong == nullptr) continue;
    snprintf(fault, size, "'%.64s=%.64s' %s", pair, value, wrong);
    return fault;
  }
  return nullptr;
}

void StartFromEnvironment() {
  const char* text = getauxval(AT_SECURE) == 0 ? getenv("FTRACE") : nullptr;
  if (text == nullptr || *text == '\0') return;
  const Demangler demangler = FindDemangler();
  const ApiLock lock;
  EnvironmentOptions options;
  char fault[256];
  if (ParseEnvironment(text, &options, fault, sizeof(fault)) != nullptr) {
    Message("FTRACE: %s; nothing is traced", fault);
  } else if (options.tracer == EnvironmentTracer::kFunctionProfile) {
    StartProfile(options.fd, &options.globs, demangler);
  }
  for (const KeptGlob& glob : options.globs) Free(glob.text, glob.size);
}

}  // namespace ftrace
