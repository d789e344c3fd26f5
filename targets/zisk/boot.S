/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ZisK: a0 is the input, a1 the output, ra the way out; all other registers are 0, so is the RAM. */
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
