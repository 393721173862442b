# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Switching on every function of SQLite, for the first time and again."""

import statistics
import sys

import bench


def build(arguments):
    sqlite = arguments.output / "sqlite"
    if arguments.tiny:
        # A stand-in of a few functions: enough to see that the benchmark runs.
        sqlite.mkdir(exist_ok=True)
        functions = "".join(f"int f{i}(int a) {{ return a + {i}; }}\n" for i in range(100))
        (sqlite / "sqlite3.c").write_text(functions + "int sqlite3_initialize(void) { return 0; }\n")
    else:
        bench.run(bench.ROOT / "examples/sqlite/fetch", sqlite)
    bench.run(arguments.compiler, "-O2", f"-fplugin={arguments.plugin}", "-c", sqlite / "sqlite3.c",
              "-o", arguments.output / "sqlite3.o")
    program = arguments.output / "switching"
    library = arguments.prefix / "lib"
    bench.run(arguments.compiler, "-O2", f"-I{arguments.include}", bench.SOURCE / "switching.c",
              arguments.output / "sqlite3.o", f"-L{library}", "-lftrace_rt",
              f"-Wl,-rpath,{library}", "-lm", "-lpthread", "-o", program)
    return program


def main():
    arguments = bench.parse_arguments(__doc__)
    program = build(arguments)
    processes = 1 if arguments.tiny else 15
    rows = [[float(word) for word in bench.run(program).split()] for _ in range(processes)]
    sites, floor_first, first, floor_again, again = (statistics.median(column)
                                                     for column in zip(*rows))
    if min(floor_first, floor_again) <= 0:
        sys.exit("ftrace: the clock of this machine is too coarse for this benchmark")
    print(f"switching: {sites:.0f} functions on, over the same stores to a private copy of the text")
    bench.show("first time, with page copies", first / floor_first, 1.25,
               f"{first:.1f} ns over {floor_first:.1f} ns a site")
    bench.show("again", again / floor_again, 3,
               f"{again:.1f} ns over {floor_again:.1f} ns a site")
    bench.finish(arguments)


main()
