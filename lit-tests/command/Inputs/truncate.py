# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""truncate.py FTRACE GOOD SCRATCH: `check` of a file cut anywhere is one line and exit status 1."""

import subprocess
import sys

ftrace, good, scratch = sys.argv[1:]
with open(good, "rb") as file:
    content = file.read()

# Every byte of the ELF header and the first program headers, then steps that meet every section.
sizes = list(range(0, 256, 5)) + list(range(256, len(content), max(1, len(content) // 150)))
sizes += [len(content) - 1]
for size in sizes:
    with open(scratch, "wb") as file:
        file.write(content[:size])
    run = subprocess.run([ftrace, "check", scratch], capture_output=True, text=True, check=False)
    lines = run.stderr.splitlines()
    if run.returncode != 1 or len(lines) != 1 or run.stdout or scratch not in lines[0]:
        sys.exit(f"{size} of {len(content)} bytes: status {run.returncode}\n{run.stdout}{run.stderr}")
