/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/vector.h>

/* Spike: its boot ROM jumps to the entry in machine mode, all registers but the pc undefined. */
    .section .zeroos.entry, "ax", @progbits
    .globl zeroos_entry
    .type zeroos_entry, @function
zeroos_entry:
    tail zeroos_start
    .size zeroos_entry, . - zeroos_entry

/* The host looks these up by name and polls them; their places stand in target.toml. The code
 * segment is not writable, and on the simulator nothing enforces that; for the embedded machine
 * they are devices. */
    .org 0x40
    .globl tohost
    .type tohost, @object
tohost:
    .dword 0
    .size tohost, 8
    .org 0x80
    .globl fromhost
    .type fromhost, @object
fromhost:
    .dword 0
    .size fromhost, 8

    .section .text.zeroos_start, "ax", @progbits
    .type zeroos_start, @function
zeroos_start:
    .option push
    .option norelax
    la gp, __global_pointer$
    .option pop
    la sp, zeroos_stack_high
    la t0, zeroos_vector
    csrw mtvec, t0
    call zeroos_boot
    .size zeroos_start, . - zeroos_start

/* The trap vector. A trap that is no system call ends the run as a failure. */
    .section .text.zeroos_vector, "ax", @progbits
    .balign 4
    .type zeroos_vector, @function
zeroos_vector:
    ZEROOS_SYSCALL_VECTOR
    la sp, zeroos_stack_high
    csrr a0, mcause
    csrr a1, mepc
    tail zeroos_trapped
    .size zeroos_vector, . - zeroos_vector
