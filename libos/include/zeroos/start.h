/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Pieces of a target's boot.S. */
#ifndef ZEROOS_START_H
#define ZEROOS_START_H

#include <zeroos/assembly.h>

/* What follows is no C. */
/* clang-format off */
/* What a run begins with: the linker script gives it the place that target.toml names. */
#define ZEROOS_ENTRY                                                                               \
    .section .zeroos.entry, "ax", @progbits;                                                       \
    .globl zeroos_entry;                                                                           \
    .type zeroos_entry, @function;                                                                 \
    zeroos_entry:

/* The address of gp must not be computed from gp itself. */
#define ZEROOS_SET_GP_SP                                                                           \
    .option push;                                                                                  \
    .option norelax;                                                                               \
    la gp, __global_pointer$;                                                                      \
    .option pop;                                                                                   \
    la sp, zeroos_stack_high

#endif
