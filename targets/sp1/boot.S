/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* SP1: all registers are 0 and all memory that no segment fills reads 0. */
    .section .zeroos.entry, "ax", @progbits
    .globl zeroos_entry
    .type zeroos_entry, @function
zeroos_entry:
    .option push
    .option norelax
    la gp, __global_pointer$
    .option pop
    la sp, zeroos_stack_high
    tail zeroos_boot
    .size zeroos_entry, . - zeroos_entry
