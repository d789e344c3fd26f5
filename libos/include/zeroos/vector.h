/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * For targets with a machine-mode trap vector: setting it, and the way from `ecall` to the
 * handlers. Included by the target's boot.S, which enters by zeroos_start and writes the vector:
 * ZEROOS_VECTOR, ZEROOS_SYSCALL_VECTOR, what the machine has of its own, ZEROOS_TRAP_FAILS.
 */
#ifndef ZEROOS_VECTOR_H
#define ZEROOS_VECTOR_H

#include <zeroos/call_handler.h>
#include <zeroos/start.h>

/* What follows is no C. */
/* clang-format off */
/* `zeroos_start`, for zeroos_entry to go on with. */
#define ZEROOS_START_WITH_VECTOR                                                                   \
    .section .text.zeroos_start, "ax", @progbits;                                                  \
    .type zeroos_start, @function;                                                                 \
    zeroos_start:                                                                                  \
    ZEROOS_SET_GP_SP;                                                                              \
    la t0, zeroos_vector;                                                                          \
    csrw mtvec, t0;                                                                                \
    call zeroos_boot;                                                                              \
    END(zeroos_start)

/* mtvec holds a multiple of 4. */
#define ZEROOS_VECTOR                                                                              \
    .section .text.zeroos_vector, "ax", @progbits;                                                 \
    .balign 4;                                                                                     \
    .type zeroos_vector, @function;                                                                \
    zeroos_vector:

/* Ends the run as a failure; the stack may be what the trap was about. */
#define ZEROOS_TRAP_FAILS                                                                          \
    la sp, zeroos_stack_high;                                                                      \
    csrr a0, mcause;                                                                               \
    csrr a1, mepc;                                                                                 \
    tail zeroos_trapped

#ifdef ZEROOS_DISPATCH_TRAP

/* The frame: the pc to go on at, then what a C function may destroy but a system call may not. */
#define VECTOR_FRAME 16 * WORD
#define ZEROOS_CALLER_SAVED(op)                                                                    \
    op ra, 1 * WORD(sp);                                                                           \
    op t0, 2 * WORD(sp);                                                                           \
    op t1, 3 * WORD(sp);                                                                           \
    op t2, 4 * WORD(sp);                                                                           \
    op a1, 5 * WORD(sp);                                                                           \
    op a2, 6 * WORD(sp);                                                                           \
    op a3, 7 * WORD(sp);                                                                           \
    op a4, 8 * WORD(sp);                                                                           \
    op a5, 9 * WORD(sp);                                                                           \
    op a6, 10 * WORD(sp);                                                                          \
    op a7, 11 * WORD(sp);                                                                          \
    op t3, 12 * WORD(sp);                                                                          \
    op t4, 13 * WORD(sp);                                                                          \
    op t5, 14 * WORD(sp);                                                                          \
    op t6, 15 * WORD(sp)

/*
 * 44 instructions around the dispatcher, which takes the number from a7 as its eighth argument.
 * A fault must not touch the stack, which may be its cause: t0 waits in mscratch until then.
 * The trap may end on another thread's account, so the pc is kept in the frame.
 */
#define ZEROOS_SYSCALL_VECTOR                                                                      \
    csrw mscratch, t0;                                                                             \
    csrr t0, mcause;                                                                               \
    addi t0, t0, -11;                                                                              \
    bnez t0, 9f;                                                                                   \
    csrr t0, mscratch;                                                                             \
    addi sp, sp, -VECTOR_FRAME;                                                                    \
    ZEROOS_CALLER_SAVED(STORE);                                                                    \
    csrr t0, mepc;                                                                                 \
    addi t0, t0, 4;                                                                                \
    STORE t0, 0(sp);                                                                               \
    call zeroos_dispatch;                                                                          \
    LOAD t0, 0(sp);                                                                                \
    csrw mepc, t0;                                                                                 \
    ZEROOS_CALLER_SAVED(LOAD);                                                                     \
    addi sp, sp, VECTOR_FRAME;                                                                     \
    mret;                                                                                          \
    9:

/*
 * mret takes the mode to return to from mstatus.MPP and leaves "user" there; a trap sets it to
 * "machine" again. So it must be set where an mret can follow another one: behind a signal
 * handler, which runs inside of a trap and makes system calls of its own, and before a pause,
 * which is no trap but may go on with a thread that is in one.
 */
#define RETURN_TO_MACHINE_MODE                                                                     \
    li t0, 0x1800;                                                                                 \
    csrs mstatus, t0

FUNCTION(zeroos_pause)
    RETURN_TO_MACHINE_MODE
    tail zeroos_yield
END(zeroos_pause)

/* In place of that in libos/signals/, which is not linked then. */
ZEROOS_CALL_HANDLER(RETURN_TO_MACHINE_MODE)

#else
#define ZEROOS_SYSCALL_VECTOR
#endif

#endif
