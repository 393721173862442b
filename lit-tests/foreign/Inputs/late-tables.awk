# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Assembly in which the unwinder's tables begin behind each pad and its record.
/\.cfi_startproc/ { late = $0; next }
{ print }
/\.popsection/ && late { print late; late = "" }
