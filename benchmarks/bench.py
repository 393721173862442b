# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the benchmarks share: where things are, compiling, and how numbers are shown."""

import argparse
import math
import os
import pathlib
import statistics
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parent
ROOT = SOURCE.parent


def parse_arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--prefix", type=pathlib.Path, default=ROOT / "build" / "stage",
                        help="where ftrace is installed")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "build" / "bench",
                        help="where to build")
    parser.add_argument("--tiny", action="store_true",
                        help="only whether it works: the numbers mean nothing")
    arguments = parser.parse_args()
    arguments.compiler = os.environ.get("CC", "clang-19")
    arguments.plugin = arguments.prefix / "lib" / "libftrace.so"
    # A build tree has the layout of an installation, but for the header.
    arguments.include = arguments.prefix / "include"
    if not arguments.include.exists():
        arguments.include = ROOT / "runtime" / "include"
    arguments.output.mkdir(parents=True, exist_ok=True)
    return arguments


def run(*command):
    """Runs a command; returns its standard output."""
    result = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if result.returncode != 0:
        sys.exit(f"ftrace: {command[0]} failed: {result.stdout}{result.stderr}")
    return result.stdout


def works(*command):
    result = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return result.returncode == 0


def geometric_mean(ratios):
    """Of ratios; with the standard error, as a factor less one."""
    logs = [math.log(ratio) for ratio in ratios]
    error = statistics.stdev(logs) / math.sqrt(len(logs)) if len(logs) > 1 else math.inf
    return math.exp(statistics.mean(logs)), error


def show(what, value, target=None, note=""):
    """One line: what, how much, and how much it should be at most."""
    verdict = "" if target is None else f"target {target:g}: {'met' if value <= target else 'MISSED'}"
    print(f"  {what:<46} {value:9.3f}  {verdict:<22} {note}".rstrip())


def finish(arguments):
    if arguments.tiny:
        print("  (tiny: the numbers mean nothing)")
