# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the plugin adds to the time of a compilation: of SQLite, and of 5000 tiny functions."""

import resource
import statistics
import subprocess
import sys

import bench


def user_seconds(command):
    """CPU time in user mode that a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    bench.run(*command)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def instructions(command, output):
    """Instructions in user mode, which a busy machine does not change; None without perf."""
    counts = output / "instructions.csv"
    result = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", "-o", counts]
                            + [str(word) for word in command],
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if result.returncode != 0:
        return None
    fields = [line.split(",") for line in counts.read_text().splitlines() if ":u" in line]
    return int(fields[0][0]) if fields and fields[0][0].isdigit() else None


def measure(arguments, name, source, target, rounds):
    plain = [arguments.compiler, "-O2", "-c", source, "-o", arguments.output / "object.o"]
    plugged = plain + [f"-fplugin={arguments.plugin}"]
    user_seconds(plain)
    user_seconds(plugged)
    times = [(user_seconds(plain), user_seconds(plugged)) for _ in range(rounds)]
    base, with_plugin = (statistics.median(column) for column in zip(*times))
    if base <= 0:
        sys.exit("ftrace: the clock of this machine is too coarse for this benchmark")
    bench.show(f"{name}, user time", with_plugin / base, target,
               f"{with_plugin:.2f} s over {base:.2f} s")
    try:
        counts = [instructions(command, arguments.output) for command in (plain, plugged)]
    except FileNotFoundError:
        counts = [None]
    if None not in counts:
        bench.show(f"{name}, instructions", counts[1] / counts[0], target)


def main():
    arguments = bench.parse_arguments(__doc__)
    functions = 50 if arguments.tiny else 5000
    tiny = arguments.output / "tiny.c"
    tiny.write_text("".join(f"int f{i}(int x) {{ return x + {i}; }}\n" for i in range(functions)))
    print("compile_time: with the plugin over without it, at -O2")
    if not arguments.tiny:
        sqlite = arguments.output / "sqlite"
        bench.run(bench.ROOT / "examples/sqlite/fetch", sqlite)
        measure(arguments, "SQLite", sqlite / "sqlite3.c", 1.02, 7)
    measure(arguments, f"{functions} tiny functions", tiny, 1.15, 1 if arguments.tiny else 15)
    bench.finish(arguments)


main()
