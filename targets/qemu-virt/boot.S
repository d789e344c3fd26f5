/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/vector.h>

/* QEMU virt: power-on jumps to the first byte of DRAM in machine mode, all else undefined. */
    .section .zeroos.entry, "ax", @progbits
    .globl zeroos_entry
    .type zeroos_entry, @function
zeroos_entry:
    tail zeroos_start
    .size zeroos_entry, . - zeroos_entry

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

/*
 * The trap vector. A trap that is no system call ends the run as a failure, but for one: `ebreak` as a semihosting call
 * (between slli x0, x0, 31 and srai x0, x0, 7) where semihosting is off answers -1 and goes on.
 */
    .section .text.zeroos_vector, "ax", @progbits
    .balign 4
    .type zeroos_vector, @function
zeroos_vector:
    ZEROOS_SYSCALL_VECTOR
    /* Registers that a call may destroy are free on the one path that returns. */
    csrr t0, mcause
    addi t0, t0, -3
    bnez t0, 1f
    csrr t0, mepc
    andi t1, t0, 3
    bnez t1, 1f
    lw t1, -4(t0)
    li t2, 0x01f01013
    bne t1, t2, 1f
    li a0, -1
    addi t0, t0, 4
    csrw mepc, t0
    mret
1:  la sp, zeroos_stack_high
    csrr a0, mcause
    csrr a1, mepc
    tail zeroos_trapped
    .size zeroos_vector, . - zeroos_vector
