#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Fails if a library or an archive needs a symbol that is not on a list (one a line).

usage: check_imports.py LIBRARY LIST
"""
import subprocess
import sys


def symbols(library, *options):
    command = ["nm", *options, library]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    # An undefined symbol has no address; the name may carry a version.
    return {line.split()[-1].split("@")[0] for line in lines if len(line.split()) in (2, 3)}


def main():
    library, allowed_file = sys.argv[1:]
    allowed = set(open(allowed_file).read().split())
    if library.endswith(".a"):
        needed = symbols(library, "--undefined-only") - symbols(library, "--defined-only")
    else:
        needed = symbols(library, "--dynamic", "--undefined-only")
    if not needed:
        sys.exit("%s: no undefined symbols at all; is it the runtime?" % library)
    forbidden = sorted(needed - allowed)
    for name in forbidden:
        print("%s: needs %s, which is not on the list" % (library, name), file=sys.stderr)
    sys.exit(1 if forbidden else 0)


main()
