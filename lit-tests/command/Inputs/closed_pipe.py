# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""closed_pipe.py CMD...: a closed pipe ends the command by SIGPIPE and without a word."""

import os
import signal
import subprocess
import sys

read_end, write_end = os.pipe()
os.close(read_end)
# Python ignores SIGPIPE and would hand that down; with it ignored the result has to be the same.
run = subprocess.run(sys.argv[1:], stdout=write_end, stderr=subprocess.PIPE, text=True,
                     restore_signals=False, check=False)
if run.returncode != -signal.SIGPIPE or run.stderr:
    sys.exit(f"status {run.returncode}\n{run.stderr}")
