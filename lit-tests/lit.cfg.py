# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# One suite with one compiler; lit.site.cfg.py says which. README.md lists the substitutions.
import os
import shutil

import lit.formats

compiler, major = config.compiler, config.major
config.name = "ftrace-%s-%s-%s" % (config.suite, compiler, major)
config.test_format = lit.formats.ShTest(execute_external=True)
config.suffixes = [".c", ".cpp", ".mir", ".ll", ".s", ".test"]
# Tests for one compiler only are in directories named after it.
config.excludes = ["Inputs", "gcc" if compiler == "llvm" else "llvm"]
tests = os.path.join(config.ftrace_source_dir, "lit-tests")
config.test_source_root = os.path.join(tests, config.suite)

# What a program under test may read from its environment is what the test sets.
config.environment["PATH"] = os.pathsep.join([config.llvm_tools_dir, os.environ["PATH"]])
config.environment["LC_ALL"] = "C"
config.environment.pop("FTRACE", None)
config.environment.pop("LD_PRELOAD", None)


def executable(path):
    if not path or not os.access(path, os.X_OK):
        lit_config.fatal("%s is not there: install it (tools/deps)" % path)
    return path


def tool(name):
    return executable(shutil.which(name, path=config.environment["PATH"]) or name)


for name in ["FileCheck", "not", "split-file", "llvm-readelf", "llvm-objdump", "llvm-nm",
             "ld.lld"]:
    tool(name)

# A test with `REQUIRES: uprobes` is reported as unsupported where the kernel or the user's rights do
# not allow them.
if os.access("/sys/bus/event_source/devices/uprobe/type", os.R_OK) and os.geteuid() == 0:
    config.available_features.add("uprobes")

libraries = os.path.join(config.ftrace_build_dir, "lib")
substitutions = {
    "%gcc": tool("gcc"),
    "%gold": "-fuse-ld=gold",
    "%loader": os.path.join(libraries, "libftrace.so"),
    "%plugin": "-fplugin=" + os.path.join(libraries, "libftrace.so"),
    # What the compilers do differently has prefixes of its own.
    "%COMPILER": compiler.upper(),
    "%major": major,
    # Tells of functions that have no pad for a reason that the source does not say.
    "%missed": "-Rpass-missed=ftrace" if compiler == "llvm" else "-fopt-info-missed",
    "%prefixes": "--allow-unused-prefixes --check-prefixes=CHECK," + compiler.upper(),
    # Object files of any target alone, as a static program that is not meant to run. The linker is
    # of the newest major, because older ones do not know all targets.
    "%link_target": "ld.lld -static -e 0 --unresolved-symbols=ignore-all",
    "%check_sites": "%s %s" % (config.python, os.path.join(tests, "check_sites.py")),
    "%python": config.python,
    "%ftrace": os.path.join(config.ftrace_build_dir, "bin", "ftrace"),
    "%runtime_archive": os.path.join(libraries, "libftrace_rt.a") + " -Wl,-u,__ftrace_runtime",
    "%runtime": "-L%s -lftrace_rt -Wl,-rpath,%s" % (libraries, libraries),
    "%include": "-I" + os.path.join(config.ftrace_source_dir, "runtime", "include"),
    "%libdir": libraries,
}


class Llvm:
    """Clang of a major, which has every target."""

    cc, cxx = "clang", "clang++"

    def __init__(self, major):
        self.major = major

    def tool(self, name):
        return executable("/usr/lib/llvm-%s/bin/%s" % (self.major, name))

    def linkers(self):
        return "--ld-path=" + self.tool("ld.lld"), "--ld-path=" + config.ld_bfd

    def command(self, language, name):
        return ("%s %s" % (self.tool(language), self.flags(name) if name else "")).strip()

    def flags(self, name):
        return ("--target=%s %s" % (targets[name][0], targets[name][1])).strip()

    def has(self, name):
        return True

    def own_substitutions(self):
        result = {"%target_" + name: self.flags(name) for name in targets}
        result.update({
            "%clangxx": self.tool("clang++"),
            "%clang": self.tool("clang"),
            "%llc": self.tool("llc"),
            "%opt": self.tool("opt"),
            "%ld_lld": self.tool("ld.lld"),
            "%lld_major": self.major,
            "%selected": "%s %s" % (config.python, os.path.join(tests, "selected_functions.py")),
        })
        return result


class Gcc:
    """GCC of the major under test, and Debian's cross compilers of that major."""

    cc, cxx = "gcc", "g++"

    def linkers(self):
        # On the PATH a cross compiler takes only a linker that has its target's name.
        return "-B%s -fuse-ld=lld" % config.llvm_tools_dir, "-fuse-ld=bfd"

    def plugin(self, name):
        """Triple of the compiler for a target and flags, where it has a plugin."""
        triple, flags = gcc_triple(name), targets[name][2]
        if "%s:%s" % (major, triple) in config.gcc_plugins:
            return triple, flags
        return ("x86_64-linux-gnu", "-m32") if name == "i386" else None

    def command(self, language, name):
        triple, flags = self.plugin(name or "x86_64")
        return ("%s %s" % (tool("%s-%s-%s" % (triple, language, major)), flags)).strip()

    def has(self, name):
        return self.plugin(name) is not None

    def own_substitutions(self):
        mine = [name for name in targets if self.has(name)]
        return {
            "%gcc_major": major,
            "%lld_major": os.path.basename(os.path.dirname(config.llvm_tools_dir))[len("llvm-"):],
            # The members of bash arrays.
            "%each_cc": " ".join("[%s]='%s'" % (n, self.command(self.cc, n)) for n in mine),
            "%each_target": " ".join("[%s]='%s'" % (n, other.flags(n)) for n in mine),
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


def gcc_triple(name):
    """Debian's compilers for the other byte order serve where none is for this one."""
    return {"aarch64_be": "aarch64-linux-gnu",
            "mips64": "mips64el-linux-gnuabi64"}.get(name, targets[name][0])


under_test = Llvm(major) if compiler == "llvm" else Gcc()
# A Clang of another major. With one major only, two compilers are one.
other = Llvm(([m for m in config.llvm_majors if m != major] or [major])[0])
substitutions.update(under_test.own_substitutions())
substitutions["%cc"] = under_test.command(under_test.cc, None)
substitutions["%cxx"] = under_test.command(under_test.cxx, None)
substitutions["%other_cc"] = other.command(other.cc, None)
substitutions["%other_cxx"] = other.command(other.cxx, None)
substitutions["%lld"], substitutions["%bfd"] = under_test.linkers()
# Object files alone, as %link_target, but with a compiler's options for the linker.
substitutions["%link"] = ("%s %s -nostdlib -static -Wl,-e,0 -Wl,--unresolved-symbols=ignore-all"
                          % (substitutions["%cc"], substitutions["%lld"]))
for name, (triple, _, gcc_flags, machine) in targets.items():
    if not under_test.has(name):
        config.excludes.append(name)
        continue
    substitutions["%cc_" + name] = under_test.command(under_test.cc, name)
    substitutions["%cxx_" + name] = under_test.command(under_test.cxx, name)
    substitutions["%other_cc_" + name] = other.command(other.cc, name)
    substitutions["%other_cxx_" + name] = other.command(other.cxx, name)
    # What needs Debian's cross compilers, their libraries and QEMU; only this suite asks for them.
    if config.suite == "foreign":
        cross = tool(gcc_triple(name) + "-gcc-12")
        substitutions["%gcc_" + name] = ("%s %s" % (cross, gcc_flags)).strip()
        substitutions["%run_" + name] = (
            "%s -L /usr/%s" % (tool("qemu-" + machine), triple) if machine else "")

# Longest first, so that no name is taken for the beginning of another.
for name in sorted(substitutions, key=len, reverse=True):
    config.substitutions.append((name, substitutions[name]))
