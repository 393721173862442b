/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * libftrace.so: one file name for every compiler. It finds out which compiler has loaded it, opens
 * the implementation in ftrace/ beside itself and steps aside. No compiler's headers: it must load
 * into all of them.
 *
 *   clang, opt, llc, ld.lld   the constructor opens ftrace/llvm-<major>.so; its constructors do the
 *                             rest, and llvmGetPassPluginInfo is forwarded (loader_<host>.S)
 *   GCC                       plugin_init() opens ftrace/gcc-<major>-<triple>.so, forwards to it
 *   anything else             nothing happens
 *
 * A compiler without implementation gets one line and status 1.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "loader_stamp.h" /* written by the build */

#define EXPORT __attribute__((visibility("default")))

/* Read by nobody: makes this file another one whenever an implementation is. */
__attribute__((used)) static const char kStamp[] =
    "ftrace implementations: " FTRACE_IMPLEMENTATIONS_STAMP;

/* Where the forwarded llvmGetPassPluginInfo jumps. */
__attribute__((visibility("hidden"))) void* ftrace_pass_plugin_info;

/* The directory of the implementations. False if the path of this library cannot be had. */
static int ImplementationDirectory(char* path, size_t size) {
  Dl_info info;
  if (!dladdr((void*)&ImplementationDirectory, &info)) return 0;
  /* The user may have named a link to it. */
  char* file = realpath(info.dli_fname, NULL);
  if (!file) return 0;
  const int length = (int)(strrchr(file, '/') - file);
  const int written = snprintf(path, size, "%.*s/ftrace", length, file);
  free(file);
  return written > 0 && (size_t)written < size;
}

static int CompareNames(const struct dirent** a, const struct dirent** b) {
  return strverscmp((*a)->d_name, (*b)->d_name);
}

static int IsImplementation(const struct dirent* entry) {
  const char* dot = strrchr(entry->d_name, '.');
  return dot && strcmp(dot, ".so") == 0;
}

/* "llvm-14 llvm-19", or why there is nothing to list. */
static void ListImplementations(char* text, size_t size) {
  char directory[4096];
  struct dirent** entries;
  snprintf(text, size, "none");
  if (!ImplementationDirectory(directory, sizeof(directory))) return;
  const int count = scandir(directory, &entries, IsImplementation, CompareNames);
  size_t used = 0;
  for (int i = 0; i < count; ++i) {
    const char* name = entries[i]->d_name;
    const int written = snprintf(text + used, size - used, "%s%.*s", i ? " " : "",
                                 (int)(strlen(name) - strlen(".so")), name);
    if (written > 0 && used + (size_t)written < size) used += (size_t)written;
    free(entries[i]);
  }
  if (count >= 0) free((void*)entries);
}

/*
 * Opens ftrace/<name>.so beside this library; on failure says so in terms of the compiler, and
 * where to get one.
 */
static void* OpenImplementation(const char* name, const char* compiler, const char* source) {
  char directory[4096], path[4352], present[1024];
  if (ImplementationDirectory(directory, sizeof(directory))) {
    snprintf(path, sizeof(path), "%s/%s.so", directory, name);
    if (access(path, F_OK) == 0) {
      void* handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
      if (!handle) {
        fprintf(stderr, "ftrace: the plugin for %s cannot be loaded: %s\n", compiler, dlerror());
      }
      return handle;
    }
  }
  ListImplementations(present, sizeof(present));
  fprintf(stderr,
          "ftrace: no plugin for %s (%s.so): use a compiler that has one here (%s), or %s\n",
          compiler, name, present, source);
  return NULL;
}

/*
 * The LLVM major of this process, 0 if it is not LLVM, -1 if it is one of unknown version.
 * LLVMGetVersion is in LLVM 16 and later; before, the symbol version tells, where there is one.
 */
static int LlvmMajor(void) {
  void (*get_version)(unsigned*, unsigned*, unsigned*);
  *(void**)&get_version = dlsym(RTLD_DEFAULT, "LLVMGetVersion");
  if (get_version) {
    unsigned major, minor, patch;
    get_version(&major, &minor, &patch);
    return (int)major;
  }
  if (!dlsym(RTLD_DEFAULT, "LLVMContextCreate")) return 0;
  for (int major = 9; major < 16; ++major) {
    char version[16];
    snprintf(version, sizeof(version), "LLVM_%d", major);
    if (dlvsym(RTLD_DEFAULT, "LLVMContextCreate", version)) return major;
  }
  return -1;
}

__attribute__((constructor)) static void LoadIntoLlvm(void) {
  const int major = LlvmMajor();
  if (major == 0) return;
  if (major < 0) {
    fprintf(stderr,
            "ftrace: this compiler is an LLVM before 16 that does not tell its version: use a "
            "distribution's build or a later one\n");
    _exit(1);
  }
  char name[32], compiler[32];
  snprintf(name, sizeof(name), "llvm-%d", major);
  snprintf(compiler, sizeof(compiler), "LLVM %d", major);
  void* handle = OpenImplementation(name, compiler, "build ftrace for it");
  if (handle) ftrace_pass_plugin_info = dlsym(handle, "llvmGetPassPluginInfo");
  /* The host must not go on without pads, and a constructor has no other way to stop it. */
  if (!ftrace_pass_plugin_info) _exit(1);
}

/* What GCC's gcc-plugin.h declares, the same since GCC 4.5. */
struct plugin_argument {
  char* key;
  char* value;
};
struct plugin_name_args {
  char* base_name;
  const char* full_name;
  int argc;
  struct plugin_argument* argv;
  const char* version;
  const char* help;
};
struct plugin_gcc_version {
  const char* basever;
  const char* datestamp;
  const char* devphase;
  const char* revision;
  const char* configuration_arguments;
};

extern EXPORT int plugin_is_GPL_compatible;
int plugin_is_GPL_compatible;

/* The value of the last `option` in GCC's configure line, up to a blank or a quote. */
static int LastOption(const char* text, const char* option, char* value, size_t size) {
  const char* found = NULL;
  for (const char* at = text; (at = strstr(at, option)) != NULL; ++at) found = at + strlen(option);
  if (!found) return 0;
  snprintf(value, size, "%.*s", (int)strcspn(found, " '\""), found);
  return 1;
}

/*
 * A triple as the implementations' names have it: <cpu>-linux-<environment>, without a vendor and
 * with one name for each CPU.
 */
static void NormalizeTriple(const char* triple, char* result, size_t size) {
  const char* linux_part = strstr(triple, "-linux");
  int cpu = (int)strcspn(triple, "-");
  const char* name = triple;
  if (!linux_part) {
    snprintf(result, size, "%s", triple);
    return;
  }
  if (cpu == 4 && name[0] == 'i' && strncmp(name + 2, "86", 2) == 0) name = "i686";
  if (strncmp(name, "armv", 4) == 0) cpu = 3;
  const char* environment = linux_part + strlen("-linux");
  snprintf(result, size, "%.*s-linux%s", cpu, name, *environment ? environment : "-gnu");
}

/* What to do to get a plugin for a GCC: Debian's package of its headers, and a build. */
static void HowToGetGccPlugin(const char* configuration, int major, const char* target, char* text,
                              size_t size) {
  char option[128] = "", host[128] = "";
  if (!LastOption(configuration, "--host=", option, sizeof(option))) {
    LastOption(configuration, "--build=", option, sizeof(option));
  }
  NormalizeTriple(option, host, sizeof(host));
  const int native = strcmp(host, target) == 0;
  snprintf(text, size, "install gcc-%d-plugin-dev%s%s and build ftrace for it (tools/build --all)",
           major, native ? "" : "-", native ? "" : target);
}

EXPORT int plugin_init(struct plugin_name_args* arguments, struct plugin_gcc_version* version);
int plugin_init(struct plugin_name_args* arguments, struct plugin_gcc_version* version) {
  char option[128] = "unknown", triple[128], name[192], compiler[256], source[384];
  const char* configuration = version->configuration_arguments;
  const int major = atoi(version->basever);
  if (!LastOption(configuration, "--target=", option, sizeof(option))) {
    LastOption(configuration, "--build=", option, sizeof(option));
  }
  NormalizeTriple(option, triple, sizeof(triple));
  snprintf(name, sizeof(name), "gcc-%d-%s", major, triple);
  snprintf(compiler, sizeof(compiler), "GCC %s for %s", version->basever, triple);
  HowToGetGccPlugin(configuration, major, triple, source, sizeof(source));
  void* handle = OpenImplementation(name, compiler, source);
  if (!handle) return 1;
  int (*init)(struct plugin_name_args*, struct plugin_gcc_version*);
  *(void**)&init = dlsym(handle, "plugin_init");
  if (!init) {
    fprintf(stderr, "ftrace: %s.so has no plugin_init: install ftrace again\n", name);
    return 1;
  }
  return init(arguments, version);
}
