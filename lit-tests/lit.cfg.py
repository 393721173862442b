# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# One suite with one LLVM major; lit.site.cfg.py says which. README.md lists the substitutions.
import os
import shutil

import lit.formats

config.name = "ftrace-%s-llvm-%s" % (config.suite, config.llvm_major)
config.test_format = lit.formats.ShTest(execute_external=True)
config.suffixes = [".c", ".cpp", ".mir", ".ll", ".s", ".test"]
config.excludes = ["Inputs"]
tests = os.path.join(config.ftrace_source_dir, "lit-tests")
config.test_source_root = os.path.join(tests, config.suite)

# What a program under test may read from its environment is what the test sets.
config.environment["PATH"] = os.pathsep.join([config.llvm_tools_dir, os.environ["PATH"]])
config.environment["LC_ALL"] = "C"
config.environment.pop("FTRACE", None)
config.environment.pop("LD_PRELOAD", None)


def llvm_tool(name, major):
    path = "/usr/lib/llvm-%s/bin/%s" % (major, name)
    if not os.access(path, os.X_OK):
        lit_config.fatal("%s is not there: install it (tools/deps)" % path)
    return path


def tool(name):
    path = shutil.which(name, path=config.environment["PATH"])
    if not path:
        lit_config.fatal("%s is not there: install it (tools/deps)" % name)
    return path


for name in ["FileCheck", "not", "split-file", "llvm-readelf", "llvm-objdump", "llvm-nm",
             "ld.lld"]:
    tool(name)

# A test with `REQUIRES: uprobes` is reported as unsupported where the kernel or the user's rights do
# not allow them.
if os.access("/sys/bus/event_source/devices/uprobe/type", os.R_OK) and os.geteuid() == 0:
    config.available_features.add("uprobes")

libraries = os.path.join(config.ftrace_build_dir, "lib")
major = config.llvm_major
# With one major only, objects of two compilers are objects of one.
other_major = [m for m in config.llvm_majors if m != major][:1] or [major]

substitutions = {
    "%clangxx": llvm_tool("clang++", major),
    "%clang": llvm_tool("clang", major),
    "%other_clang": llvm_tool("clang", other_major[0]),
    "%llc": llvm_tool("llc", major),
    "%opt": llvm_tool("opt", major),
    "%gcc": tool("gcc"),
    "%loader": os.path.join(libraries, "libftrace.so"),
    "%plugin": "-fplugin=" + os.path.join(libraries, "libftrace.so"),
    "%lld": "--ld-path=" + llvm_tool("ld.lld", major),
    "%ld_lld": llvm_tool("ld.lld", major),
    "%bfd": "--ld-path=" + config.ld_bfd,
    # Object files alone, as a static program that is not meant to run.
    "%link": "%s --ld-path=%s -nostdlib -static -Wl,-e,0 -Wl,--unresolved-symbols=ignore-all"
             % (llvm_tool("clang", major), llvm_tool("ld.lld", major)),
    # The same for objects of any target: of the newest major, because older ones do not know all.
    "%link_target": "ld.lld -static -e 0 --unresolved-symbols=ignore-all",
    "%major": major,
    "%check_sites": "%s %s" % (config.python, os.path.join(tests, "check_sites.py")),
    "%selected": "%s %s" % (config.python, os.path.join(tests, "selected_functions.py")),
    "%python": config.python,
    "%ftrace": os.path.join(config.ftrace_build_dir, "bin", "ftrace"),
    "%runtime_archive": os.path.join(libraries, "libftrace_rt.a") + " -Wl,-u,__ftrace_runtime",
    "%runtime": "-L%s -lftrace_rt -Wl,-rpath,%s" % (libraries, libraries),
    "%include": "-I" + os.path.join(config.ftrace_source_dir, "runtime", "include"),
    "%libdir": libraries,
}

# name: triple, further flags for Clang, further flags for Debian's GCC, QEMU's machine. Of the two
# without a C library only freestanding programs can be linked.
targets = {
    "x86_64": ("x86_64-linux-gnu", "", "", None),
    "i386": ("i686-linux-gnu", "", "", "i386"),
    "aarch64": ("aarch64-linux-gnu", "", "", "aarch64"),
    "aarch64_be": ("aarch64_be-linux-gnu", "", "-mbig-endian", "aarch64_be"),
    "arm": ("arm-linux-gnueabihf", "-marm", "-marm", "arm"),
    "thumb": ("arm-linux-gnueabihf", "-mthumb -march=armv7-a", "-mthumb", "arm"),
    "mips": ("mips-linux-gnu", "", "", "mips"),
    "mipsel": ("mipsel-linux-gnu", "", "", "mipsel"),
    "mips64el": ("mips64el-linux-gnuabi64", "", "", "mips64el"),
    "mips64": ("mips64-linux-gnuabi64", "", "-EB", "mips64"),
    "riscv64": ("riscv64-linux-gnu", "", "", "riscv64"),
    "ppc64le": ("powerpc64le-linux-gnu", "", "", "ppc64le"),
    "s390x": ("s390x-linux-gnu", "", "", "s390x"),
}
for name, (triple, clang_flags, gcc_flags, machine) in targets.items():
    substitutions["%target_" + name] = ("--target=%s %s" % (triple, clang_flags)).strip()
    # What needs Debian's cross compilers, their libraries and QEMU; only this suite asks for them.
    if config.suite != "foreign":
        continue
    libc = {"aarch64_be": "aarch64-linux-gnu", "mips64": "mips64el-linux-gnuabi64"}.get(name, triple)
    substitutions["%gcc_" + name] = ("%s %s" % (tool(libc + "-gcc-12"), gcc_flags)).strip()
    substitutions["%run_" + name] = (
        "%s -L /usr/%s" % (tool("qemu-" + machine), triple) if machine else "")

# Longest first, so that no name is taken for the beginning of another.
for name in sorted(substitutions, key=len, reverse=True):
    config.substitutions.append((name, substitutions[name]))
