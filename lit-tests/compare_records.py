# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares what two linked files, by GCC and by Clang from one source, say of each function.

  compare_records.py GCC_FILE CLANG_FILE [LOCAL_FUNCTION...]

The same functions have records, and these say the same, with these exceptions:

  compiler, lead   of each compiler
  vector           GCC looks at registers, Clang at types, which some conventions pass elsewhere
  unwinds          GCC looks at the body, Clang without optimisation only at the declaration;
                   so GCC may have less of both, but not more
  stack, wide      of functions that only their unit calls: each compiler has a convention for them

Prints the number of functions compared. A difference is a line on stderr, and exit status 1.
"""
import os
import subprocess
import sys

sys.dont_write_bytecode = True

CHECK_SITES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "check_sites.py")
OWN, CLANG_HAS_MORE, OF_CONVENTION = {"at", "lead"}, {"vector", "unwinds"}, {"stack", "wide"}


def records(path):
    """{function: {field: value}}"""
    done = subprocess.run([sys.executable, CHECK_SITES, "--isa", path], stdout=subprocess.PIPE,
                          text=True, check=True)
    result = {}
    for line in done.stdout.splitlines():
        kind, names, *words = line.split()
        if kind == "pad":
            fields = dict(w.split("=") if "=" in w else (w, "yes") for w in words)
            for name in names.split(","):
                if "." not in name:  # GCC's own aliases of global functions
                    result[name] = fields
    return result


def may_differ(function, field, gcc, local_functions):
    return (field in OWN or field in CLANG_HAS_MORE and gcc == "no" or
            field in OF_CONVENTION and function in local_functions)


def differences(gcc, clang, local_functions):
    for function in sorted(gcc.keys() ^ clang.keys()):
        yield "%s has a pad by %s only" % (function, "GCC" if function in gcc else "Clang")
    for function in sorted(gcc.keys() & clang.keys()):
        ours, theirs = gcc[function], clang[function]
        for field in sorted(ours.keys() | theirs.keys()):
            values = ours.get(field, "no"), theirs.get(field, "no")
            if values[0] == values[1] or may_differ(function, field, values[0], local_functions):
                continue
            yield "%s: %s is %s by GCC, %s by Clang" % (function, field, *values)


def main():
    gcc, clang = records(sys.argv[1]), records(sys.argv[2])
    found = list(differences(gcc, clang, sys.argv[3:]))
    for text in found:
        print("compare_records: " + text, file=sys.stderr)
    print(len(gcc.keys() & clang.keys()))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
