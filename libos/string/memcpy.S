/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * void *memcpy(void *to, const void *from, size_t size)
 *
 * A zkVM pays by the instruction and has no cache, so this is unrolled: 16 words per round, the
 * rest by a jump into a row of word copies. No access is misaligned. Copies upwards and loads
 * what it overwrites first, so memmove may use it when `to` lies below `from`.
 *
 * t6: where to store next. a1: where to load next. a2: bytes left.
 */
#include <zeroos/assembly.h>

/* The row of copies is entered by address: every instruction has 4 bytes. */
    .option norvc
    .option norelax

FUNCTION(memcpy)
    mv t6, a0
    xor t0, a0, a1
    andi t0, t0, WORD - 1
    li t1, WORD
    bltu a2, t1, .Lbytes
    bnez t0, .Lshifted
    andi t1, a0, WORD - 1
    bnez t1, .Lhead

.Laligned:
    andi t0, a2, -16 * WORD
    beqz t0, .Lwords
    add t0, t0, t6
.Lround:
    LOAD t1, 0 * WORD(a1)
    LOAD t2, 1 * WORD(a1)
    LOAD t3, 2 * WORD(a1)
    LOAD t4, 3 * WORD(a1)
    LOAD t5, 4 * WORD(a1)
    LOAD a3, 5 * WORD(a1)
    LOAD a4, 6 * WORD(a1)
    LOAD a5, 7 * WORD(a1)
    STORE t1, 0 * WORD(t6)
    STORE t2, 1 * WORD(t6)
    STORE t3, 2 * WORD(t6)
    STORE t4, 3 * WORD(t6)
    STORE t5, 4 * WORD(t6)
    STORE a3, 5 * WORD(t6)
    STORE a4, 6 * WORD(t6)
    STORE a5, 7 * WORD(t6)
    LOAD t1, 8 * WORD(a1)
    LOAD t2, 9 * WORD(a1)
    LOAD t3, 10 * WORD(a1)
    LOAD t4, 11 * WORD(a1)
    LOAD t5, 12 * WORD(a1)
    LOAD a3, 13 * WORD(a1)
    LOAD a4, 14 * WORD(a1)
    LOAD a5, 15 * WORD(a1)
    STORE t1, 8 * WORD(t6)
    STORE t2, 9 * WORD(t6)
    STORE t3, 10 * WORD(t6)
    STORE t4, 11 * WORD(t6)
    STORE t5, 12 * WORD(t6)
    STORE a3, 13 * WORD(t6)
    STORE a4, 14 * WORD(t6)
    STORE a5, 15 * WORD(t6)
    addi a1, a1, 16 * WORD
    addi t6, t6, 16 * WORD
    bne t6, t0, .Lround

    /* The last 0 to 15 words: two instructions each. */
.Lwords:
    andi t0, a2, 15 * WORD
    beqz t0, .Ltail
    add a1, a1, t0
    add t6, t6, t0
#if WORD == 4
    slli t0, t0, 1
#endif
.Lrow:
    auipc t1, 0
    sub t1, t1, t0
    jr (15 * 8 + 12)(t1)
    .irp n, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1
    LOAD t0, -\n * WORD(a1)
    STORE t0, -\n * WORD(t6)
    .endr

    /* The last bytes, both pointers at words. */
.Ltail:
    andi a2, a2, WORD - 1
    beqz a2, .Lreturn
#if WORD == 8
    andi t0, a2, 4
    beqz t0, 1f
    lw t0, 0(a1)
    sw t0, 0(t6)
    addi a1, a1, 4
    addi t6, t6, 4
1:
#endif
    andi t0, a2, 2
    beqz t0, 1f
    lhu t0, 0(a1)
    sh t0, 0(t6)
    addi a1, a1, 2
    addi t6, t6, 2
1:  andi t0, a2, 1
    beqz t0, .Lreturn
    lbu t0, 0(a1)
    sb t0, 0(t6)
.Lreturn:
    ret

    /* Up to the first word, both pointers alike. */
.Lhead:
    lbu t0, 0(a1)
    sb t0, 0(t6)
    addi a1, a1, 1
    addi t6, t6, 1
    addi a2, a2, -1
    andi t0, t6, WORD - 1
    bnez t0, .Lhead
    j .Laligned

.Lbytes:
    beqz a2, .Lreturn
    add a2, a2, a1
1:  lbu t0, 0(a1)
    sb t0, 0(t6)
    addi a1, a1, 1
    addi t6, t6, 1
    bne a1, a2, 1b
    ret

    /* The pointers stand differently to words: each word is put together from two. */
.Lshifted:
    sltiu t0, a2, 4 * WORD
    bnez t0, .Lbytes
1:  andi t0, t6, WORD - 1
    beqz t0, 2f
    lbu t0, 0(a1)
    sb t0, 0(t6)
    addi a1, a1, 1
    addi t6, t6, 1
    addi a2, a2, -1
    j 1b
2:  andi t0, a1, WORD - 1
    sub a3, a1, t0          /* the word that holds the first byte */
    slli a4, t0, 3          /* a4: bits to drop of one word */
    neg a5, a4              /* a5: bits to add of the next, by the machine modulo BITS */
    andi t0, a2, -4 * WORD
    beqz t0, .Lbytes
    add a1, a1, t0
    sub a2, a2, t0
    add a6, t6, t0
    LOAD t0, 0(a3)
    srl t0, t0, a4
3:  LOAD t1, 1 * WORD(a3)
    LOAD t2, 2 * WORD(a3)
    LOAD t3, 3 * WORD(a3)
    LOAD t4, 4 * WORD(a3)
    sll t5, t1, a5
    or t0, t0, t5
    STORE t0, 0 * WORD(t6)
    srl t1, t1, a4
    sll t5, t2, a5
    or t1, t1, t5
    STORE t1, 1 * WORD(t6)
    srl t2, t2, a4
    sll t5, t3, a5
    or t2, t2, t5
    STORE t2, 2 * WORD(t6)
    srl t3, t3, a4
    sll t5, t4, a5
    or t3, t3, t5
    STORE t3, 3 * WORD(t6)
    srl t0, t4, a4
    addi a3, a3, 4 * WORD
    addi t6, t6, 4 * WORD
    bne t6, a6, 3b
    j .Lbytes
END(memcpy)
