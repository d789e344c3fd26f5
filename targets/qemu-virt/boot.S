/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/vector.h>

/* QEMU virt: power-on jumps to the first byte of DRAM in machine mode, all else undefined. */
ZEROOS_ENTRY
    tail zeroos_start
END(zeroos_entry)

ZEROOS_START_WITH_VECTOR

/*
 * A trap that is no system call ends the run as a failure, but for one: `ebreak` as a semihosting
 * call (between slli x0, x0, 31 and srai x0, x0, 7) where semihosting is off answers -1 and goes
 * on.
 */
ZEROOS_VECTOR
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
1:  ZEROOS_TRAP_FAILS
END(zeroos_vector)
