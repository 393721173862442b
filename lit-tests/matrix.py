# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds one C source with every combination of flags, and verifies the pads of all.

  matrix.py OUTPUT SOURCE AXIS... -- COMPILER [FLAG...]

An AXIS is alternatives separated by `|`, each flags separated by blanks, or nothing. The source gives
its functions the suffix that the macro N is. All objects are linked into OUTPUT, as a program that
is not meant to run, and check_sites.py verifies it. Prints one line a combination:

  FLAGS: lead 0: NAME NAME...; lead 8: NAME...; bare NAME...

The linker is the ld.lld on the PATH, which finds the target in the objects.
"""
import itertools
import os
import re
import subprocess
import sys

CHECK_SITES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "check_sites.py")
# What GCC adds to the name of a function when it changes what is passed, or takes a part out.
CLONE = re.compile(r"([.](constprop|isra|part)[.][0-9]+)+$")


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit("matrix: failed: " + " ".join(command))
    return done.stdout


def group_of(line):
    """`lead N` or `bare`, and the names, of a line that check_sites.py prints."""
    words = line.split()
    lead = [word.replace("=", " ") for word in words if word.startswith("lead=")]
    return (lead or ["bare"])[0], words[1].split(",")


def groups_of(lines):
    """{suffix: {group: [name without suffix]}}"""
    result = {}
    for line in lines:
        group, names = group_of(line)
        for name in names:
            if group == "bare" and name.endswith(".cold"):
                continue  # the end of a function, which is never called
            plain, _, suffix = CLONE.sub("", name).rpartition("_")
            if plain:
                result.setdefault(suffix, {}).setdefault(group, []).append(plain)
    return result


def main():
    if "--" not in sys.argv:
        raise SystemExit(__doc__)
    split = sys.argv.index("--")
    (output, source), axes, compiler = sys.argv[1:3], sys.argv[3:split], sys.argv[split + 1:]
    combinations = [
        " ".join(filter(None, flags))
        for flags in itertools.product(*(axis.split("|") for axis in axes))]
    objects = []
    for number, flags in enumerate(combinations):
        objects.append("%s.%d.o" % (output, number))
        run(compiler + flags.split() + ["-DN=_%d" % number, "-c", source, "-o", objects[-1]])
    run(["ld.lld", "-static", "-e", "0", "--unresolved-symbols=ignore-all", "-o", output] + objects)
    groups = groups_of(run([sys.executable, CHECK_SITES, output]).splitlines())
    for number, flags in enumerate(combinations):
        found = groups.get(str(number), {})
        print("%s: %s" % (flags, "; ".join(
            "%s: %s" % (group, " ".join(sorted(names))) for group, names in sorted(found.items()))))


if __name__ == "__main__":
    main()
