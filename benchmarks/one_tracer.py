# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What one tracer adds to a call, over what a bare call and return adds.

On one hot leaf, on recursion, and over many different functions in random order.
"""

import random

import bench

FEW = 1000
CHUNK = 1000  # calls in one generated caller

HEADER = """// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#define KEEP __asm__ volatile("")
#define NOTRACE __attribute__((no_instrument_function))
#define SITE(n) long Site##n(long a, long b) { KEEP; return a * 3 + b; }
long Leaf(long a, long b) { KEEP; return a * 3 + b; }
long Fibonacci(long n) { KEEP; return n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2); }
"""


def write_sites(path, many):
    """Functions, and callers that call each of the first FEW, and of all, once in random order."""
    shuffle = random.Random(1).shuffle
    lines = [HEADER, f"const long kFewSites = {FEW}, kManySites = {many};"]
    lines += [f"SITE({i})" for i in range(many)]
    for name, count in (("CallFewSites", FEW), ("CallManySites", many)):
        order = list(range(count))
        shuffle(order)
        chunks = [order[i:i + CHUNK] for i in range(0, count, CHUNK)]
        for number, chunk in enumerate(chunks):
            body = " ".join(f"Site{i}({i}, 1);" for i in chunk)
            lines.append(f"NOTRACE static void {name}{number}(void) {{ {body} }}")
        calls = " ".join(f"{name}{number}();" for number in range(len(chunks)))
        lines.append(f"NOTRACE void {name}(void) {{ {calls} }}")
    path.write_text("\n".join(lines) + "\n")


def build(arguments, many):
    sites = arguments.output / "sites.c"
    write_sites(sites, many)
    bench.run(arguments.compiler, "-O1", "-fno-inline", f"-fplugin={arguments.plugin}", "-c", sites,
              "-o", arguments.output / "sites.o")
    program = arguments.output / "one_tracer"
    library = arguments.prefix / "lib"
    bench.run("g++", "-O2", "-std=c++20", f"-I{bench.ROOT}", f"-I{arguments.include}",
              bench.SOURCE / "one_tracer.cpp", bench.ROOT / "arch/x86_64/code.cpp",
              bench.ROOT / "arch/x86_64/traits.cpp", arguments.output / "sites.o",
              f"-L{library}", "-lftrace_rt", f"-Wl,-rpath,{library}", "-o", program)
    return program


def main():
    arguments = bench.parse_arguments(__doc__)
    many, repetitions = (2000, 1) if arguments.tiny else (100000, 15)
    targets = {"leaf": 2.6, "fib(30)": 2.6, "few-sites": 1.8, "many-sites": 1.8}
    names = {"few-sites": f"{FEW} sites", "many-sites": f"{many} sites"}
    print("one tracer: what it adds to a call, over what a bare call and return adds")
    for line in bench.run(build(arguments, many), repetitions).splitlines():
        name, *words = line.split()
        times = {words[i]: float(words[i + 1]) for i in range(0, len(words), 2)}
        floor = times["bare"] - times["off"]
        for variant in ("gpregs", "default"):
            added = times[variant] - times["off"]
            bench.show(f"{names.get(name, name)}, {variant}", added / floor if floor > 0 else 1e9,
                       targets[name] if variant == "gpregs" else None,
                       f"{added:.2f} ns over {floor:.2f} ns")
    bench.finish(arguments)


main()
