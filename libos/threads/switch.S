/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/assembly.h>
/* As ZEROOS_SWITCH_SIZE. */
#define SIZE ((14 * WORD + 15) / 16 * 16)

/* void zeroos_switch(unsigned long *save, unsigned long load): the stack pointer of the running
 * thread goes to *save, another thread goes on from `load`. */
FUNCTION(zeroos_switch)
    addi sp, sp, -SIZE
    STORE ra, 0*WORD(sp)
    STORE s0, 1*WORD(sp)
    STORE s1, 2*WORD(sp)
    STORE s2, 3*WORD(sp)
    STORE s3, 4*WORD(sp)
    STORE s4, 5*WORD(sp)
    STORE s5, 6*WORD(sp)
    STORE s6, 7*WORD(sp)
    STORE s7, 8*WORD(sp)
    STORE s8, 9*WORD(sp)
    STORE s9, 10*WORD(sp)
    STORE s10, 11*WORD(sp)
    STORE s11, 12*WORD(sp)
    STORE tp, 13*WORD(sp)
    STORE sp, 0(a0)
    mv a0, a1

/* void zeroos_enter(unsigned long load): the same for a thread that never comes back. */
    .globl zeroos_enter
    .type zeroos_enter, @function
zeroos_enter:
    mv sp, a0
    LOAD ra, 0*WORD(sp)
    LOAD s0, 1*WORD(sp)
    LOAD s1, 2*WORD(sp)
    LOAD s2, 3*WORD(sp)
    LOAD s3, 4*WORD(sp)
    LOAD s4, 5*WORD(sp)
    LOAD s5, 6*WORD(sp)
    LOAD s6, 7*WORD(sp)
    LOAD s7, 8*WORD(sp)
    LOAD s8, 9*WORD(sp)
    LOAD s9, 10*WORD(sp)
    LOAD s10, 11*WORD(sp)
    LOAD s11, 12*WORD(sp)
    LOAD tp, 13*WORD(sp)
    addi sp, sp, SIZE
    ret
END(zeroos_enter)
END(zeroos_switch)

/* Where a new thread comes from zeroos_enter: s0 is the second half of its parent's thunk, which
 * reloads all registers from the frame at sp. */
FUNCTION(zeroos_child)
    li a0, 0
    jr s0
END(zeroos_child)
