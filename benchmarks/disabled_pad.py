# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a pad costs that nobody has switched on.

A single layout of a program swings by many percent whatever is in it, so every program is linked in
many random orders of its functions, with random filler between them, with and without pads. The
control links the program without pads twice, in different orders: what the method itself adds.
"""

import random

import bench

FILLERS = 64


def write_fillers(path):
    """Functions that are never called and push the others to other addresses."""
    lines = ["# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception"]
    for i in range(FILLERS):
        lines += [f'.section .text.filler{i},"ax",%progbits', f".globl filler{i}", f"filler{i}:",
                  f".skip {(i * 37) % 251 + 1}, 0xcc"]
    lines += ['.section .note.GNU-stack,"",%progbits']
    path.write_text("\n".join(lines) + "\n")


def functions_of(obj):
    symbols = bench.run("nm", "--defined-only", obj).split("\n")
    return [line.split()[2] for line in symbols if len(line.split()) == 3 and line.split()[1] in "tT"]


class Layouts:
    def __init__(self, arguments):
        self.arguments = arguments
        self.random = random.Random(1)
        self.fillers = arguments.output / "fillers.s"
        write_fillers(self.fillers)
        self.variants = {"bare": [], "pad": [f"-fplugin={arguments.plugin}"]}
        if bench.works(arguments.compiler, "-fxray-instrument", bench.SOURCE / "programs.c", "-o",
                       arguments.output / "xray-probe"):
            self.variants["XRay"] = ["-fxray-instrument", "-fxray-instruction-threshold=1"]
        self.objects = {}
        for name, flags in self.variants.items():
            self.objects[name] = arguments.output / f"programs-{name}.o"
            bench.run(arguments.compiler, "-O2", "-ffunction-sections", *flags, "-c",
                      bench.SOURCE / "programs.c", "-o", self.objects[name])
        self.functions = functions_of(self.objects["bare"])

    def order(self):
        """A file with functions and some fillers in random order."""
        symbols = self.functions + [f"filler{i}" for i in range(FILLERS) if self.random.random() < 0.5]
        self.random.shuffle(symbols)
        path = self.arguments.output / "order.txt"
        path.write_text("\n".join(symbols) + "\n")
        return path

    def link(self, variant, order, output):
        bench.run(self.arguments.compiler, "-fuse-ld=lld", self.objects[variant], self.fillers,
                  f"-Wl,--symbol-ordering-file={order}", "-Wl,--no-warn-symbol-ordering",
                  *(self.variants[variant] if variant == "XRay" else []), "-o", output)


def measure(binaries, scale, repetitions):
    """The least CPU time of every program, variant by variant in turn."""
    times = {name: {} for name in binaries}
    results = {}
    for _ in range(repetitions):
        for name, binary in binaries.items():
            for line in bench.run(binary, scale).splitlines():
                program, nanoseconds, checksum = line.split()
                if results.setdefault(program, checksum) != checksum:
                    raise SystemExit(f"ftrace: {program} computes something else with {name}")
                times[name][program] = min(float(nanoseconds), times[name].get(program, 1e99))
    return times


def main():
    arguments = bench.parse_arguments(__doc__)
    layouts, scale, repetitions = (2, 1, 1) if arguments.tiny else (60, 4, 3)
    maker = Layouts(arguments)
    ratios = {}
    for _ in range(layouts):
        order = maker.order()
        binaries = {}
        for variant in maker.variants:
            binaries[variant] = arguments.output / f"programs-{variant}"
            maker.link(variant, order, binaries[variant])
        binaries["control"] = arguments.output / "programs-control"
        maker.link("bare", maker.order(), binaries["control"])
        times = measure(binaries, scale, repetitions)
        for name in binaries:
            for program, nanoseconds in times["bare"].items():
                ratios.setdefault(name, {}).setdefault(program, []).append(
                    times[name][program] / nanoseconds)

    programs = list(ratios["bare"])
    print(f"disabled pad: CPU time over that without pads, {layouts} layouts of "
          f"{len(programs)} programs")
    for name in ("pad", "XRay", "control"):
        if name not in ratios:
            continue
        mean, error = bench.geometric_mean(
            [ratio for program in programs for ratio in ratios[name][program]])
        bench.show(f"{name}, mean", mean, 1.01 if name == "pad" else None, f"+-{error:.3f}")
    for program in programs:
        mean, error = bench.geometric_mean(ratios["pad"][program])
        bench.show(f"pad, {program}", mean, None, f"+-{error:.3f}")
    bench.finish(arguments)


main()
