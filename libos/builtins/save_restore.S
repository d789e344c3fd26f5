/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * What code compiled with -msave-restore calls, and what the wheel's support library lacks.
 *
 * __riscv_save_N is called with its return address in t0; it pushes ra and the first N saved
 * registers in a frame that the compiler knows to be (N + 1) words, rounded up to 16 bytes.
 * __riscv_restore_N is jumped to; it pops them and returns to the caller's caller. The places
 * inside the frame are a matter between the two. Unwind tables would be dropped, so none here.
 */
#include <zeroos/assembly.h>

/* clang-format off */
#define FRAME(n) ((((n) + 1) * WORD + 15) & -16)
#define SLOT(n, k) 0 + (FRAME(n) - ((k) + 1) * WORD)

#define REGISTERS_0(op, n) op ra, SLOT(n, 0)(sp);
#define REGISTERS_1(op, n) REGISTERS_0(op, n) op s0, SLOT(n, 1)(sp);
#define REGISTERS_2(op, n) REGISTERS_1(op, n) op s1, SLOT(n, 2)(sp);
#define REGISTERS_3(op, n) REGISTERS_2(op, n) op s2, SLOT(n, 3)(sp);
#define REGISTERS_4(op, n) REGISTERS_3(op, n) op s3, SLOT(n, 4)(sp);
#define REGISTERS_5(op, n) REGISTERS_4(op, n) op s4, SLOT(n, 5)(sp);
#define REGISTERS_6(op, n) REGISTERS_5(op, n) op s5, SLOT(n, 6)(sp);
#define REGISTERS_7(op, n) REGISTERS_6(op, n) op s6, SLOT(n, 7)(sp);
#define REGISTERS_8(op, n) REGISTERS_7(op, n) op s7, SLOT(n, 8)(sp);
#define REGISTERS_9(op, n) REGISTERS_8(op, n) op s8, SLOT(n, 9)(sp);
#define REGISTERS_10(op, n) REGISTERS_9(op, n) op s9, SLOT(n, 10)(sp);
#define REGISTERS_11(op, n) REGISTERS_10(op, n) op s10, SLOT(n, 11)(sp);
#define REGISTERS_12(op, n) REGISTERS_11(op, n) op s11, SLOT(n, 12)(sp);

#define BOTH(n)                                                                                    \
    FUNCTION(__riscv_save_##n);                                                                    \
    addi sp, sp, -FRAME(n);                                                                        \
    REGISTERS_##n(STORE, n)                                                                        \
    jr t0;                                                                                         \
    END(__riscv_save_##n);                                                                         \
    FUNCTION(__riscv_restore_##n);                                                                 \
    REGISTERS_##n(LOAD, n)                                                                         \
    addi sp, sp, FRAME(n);                                                                         \
    ret;                                                                                           \
    END(__riscv_restore_##n)

BOTH(0)
BOTH(1)
BOTH(2)
BOTH(3)
BOTH(4)
BOTH(5)
BOTH(6)
BOTH(7)
BOTH(8)
BOTH(9)
BOTH(10)
BOTH(11)
BOTH(12)
