# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""flip_pad.py FROM TO: copies a file and changes the last byte of its first pad."""

import os
import sys

source, target = sys.argv[1:]
with open(source, "rb") as file:
    content = bytearray(file.read())
pad = content.find(bytes.fromhex("670f1f440000"))
if pad < 0:
    sys.exit("no pad")
content[pad + 5] ^= 0x80
with open(target, "wb") as file:
    file.write(content)
os.chmod(target, 0o755)
