# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints which functions of textual LLVM IR are to get a pad: `pad NAME` or `bare NAME` each.

For targets and conventions of which no object file is made. Reads standard input.
"""
import re
import sys

DEFINITION = re.compile(r'^define\b.*?@("[^"]*"|[-\w$.]+)\((.*)')
GROUP = re.compile(r"^attributes (#\d+) = \{(.*)\}")


def main():
    text = sys.stdin.read().splitlines()
    groups = dict(match.groups() for match in map(GROUP.match, text) if match)
    functions = [match.groups() for match in map(DEFINITION.match, text) if match]
    if not functions:
        sys.exit("selected_functions: no function in the input")
    for name, rest in functions:
        attributes = rest + "".join(groups[group] for group in re.findall(r"#\d+", rest))
        print("pad" if '"ftrace-pad"=' in attributes else "bare", name.strip('"'))


main()
