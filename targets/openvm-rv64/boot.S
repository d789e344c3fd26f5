/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/start.h>

/* OpenVM 2.1: all registers are 0 and all memory that no segment fills reads 0. */
ZEROOS_ENTRY
    ZEROOS_SET_GP_SP
    tail zeroos_boot
END(zeroos_entry)

/* The exit code is part of the instruction that ends the run, so there is one for each. */
FUNCTION(zeroos_terminate)
    slli a0, a0, 2
    lla t0, codes
    add t0, t0, a0
    jr t0
codes:
    .set code, 0
    .rept 256
    .insn i 0x0b, 0, x0, x0, code
    .set code, code + 1
    .endr
END(zeroos_terminate)
