/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * void *memset(void *to, int byte, size_t size)
 *
 * As memcpy: 16 words per round, the rest by a jump into a row of stores.
 * t6: where to store next. a1: the byte, in all bytes of the word. a2: bytes left.
 */
#include <zeroos/assembly.h>

    .option norvc
    .option norelax

FUNCTION(memset)
    mv t6, a0
    li t1, WORD
    bltu a2, t1, .Lbytes
    andi a1, a1, 0xff
    beqz a1, 1f
    slli t0, a1, 8
    or a1, a1, t0
    slli t0, a1, 16
    or a1, a1, t0
#if WORD == 8
    slli t0, a1, 32
    or a1, a1, t0
#endif
1:  andi t0, t6, WORD - 1
    bnez t0, .Lhead

.Laligned:
    andi t0, a2, -16 * WORD
    beqz t0, .Lwords
    add t0, t0, t6
.Lround:
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    STORE a1, \n * WORD(t6)
    .endr
    addi t6, t6, 16 * WORD
    bne t6, t0, .Lround

.Lwords:
    andi t0, a2, 15 * WORD
    andi a2, a2, WORD - 1
    beqz t0, .Lbytes
    add t6, t6, t0
    /* Four bytes of code for each word. */
    srli t0, t0, WORD_SHIFT - 2
    auipc t1, 0
    sub t1, t1, t0
    jr (15 * 4 + 12)(t1)
    .irp n, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1
    STORE a1, -\n * WORD(t6)
    .endr

.Lbytes:
    beqz a2, .Lreturn
    add a2, a2, t6
1:  sb a1, 0(t6)
    addi t6, t6, 1
    bne t6, a2, 1b
.Lreturn:
    ret

.Lhead:
    sb a1, 0(t6)
    addi t6, t6, 1
    addi a2, a2, -1
    andi t0, t6, WORD - 1
    bnez t0, .Lhead
    j .Laligned
END(memset)
