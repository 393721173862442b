# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints a C program of functions full of constants and branches; with -DFAR one of them is huge.

Their sizes pass the reach of literal loads and short branches in small steps, so that a compiler
which counts the bytes of a pad wrongly puts some island or branch out of reach. Each returns a hash
of what it did; main prints all. Always the same program.
"""
import random

SIZES = range(8, 128, 2)  # blocks


def function(rng, number, size):
    """A loop over a chain of blocks; every block may leave for the far end or go on."""
    lines = ["__attribute__((noinline)) unsigned f%d(unsigned x, volatile unsigned* p) {" % number,
             "  double d = x;", "  for (int i = 0; i < 3; ++i) {"]
    for block in range(size):
        constant, other = rng.getrandbits(32), rng.getrandbits(32)
        lines.append("    p[%d] ^= %#xu; x = (x ^ %#xu) * %uu;" % (
            block % 8, constant, other, rng.getrandbits(31) | 1))
        if block % 5 == 0:
            lines.append("    d += %d.%d;" % (rng.randrange(100000), rng.randrange(1, 1000)))
        if block % 7 == 3:
            lines.append("    if ((x & %u) == 5) goto end;" % (rng.choice([63, 127, 255])))
        if block % 11 == 6:
            lines.append("    if (x %% 97 == %d) continue;" % rng.randrange(97))
    return "\n".join(lines + [
        "  }", "end:", "  return x + p[%d] + (unsigned)(long long)d;" % (number % 8), "}"])


def far_function(rng, stores):
    """A loop too long for the branches of MIPS."""
    return "\n".join(["__attribute__((noinline)) unsigned far(volatile unsigned* p) {",
                      "  for (int i = 0; i < 3; ++i) {", "    if (p[1] == i) continue;"] +
                     ["    p[%d] ^= %#xu;" % (rng.randrange(8), rng.getrandbits(32))
                      for _ in range(stores)] + ["  }", "  return p[0] ^ p[7];", "}"])


def main():
    rng = random.Random(20)
    print("#include <stdio.h>")
    for number, size in enumerate(SIZES):
        # Up to and past the reach of Thumb-2's and A32's literal loads and of RISC-V's branches,
        # 4 KiB, in steps of a few instructions.
        print(function(rng, number, size))
    print("#ifdef FAR\n%s\n#endif" % far_function(rng, 9000))
    print("int main(void) {\n  volatile unsigned p[8] = {0};")
    for number in range(len(SIZES)):
        print('  printf("%d %%u\\n", f%d(%du, p));' % (number, number, rng.getrandbits(16)))
    print('#ifdef FAR\n  printf("far %u\\n", far(p));\n#endif\n  return 0;\n}')


if __name__ == "__main__":
    main()
