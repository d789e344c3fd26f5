/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/assembly.h>

/* void zeroos_call_handler(int signal, info, context, handler, sp); sp = 0: on this stack. */
FUNCTION(zeroos_call_handler)
    addi sp, sp, -16
    STORE ra, 0*WORD(sp)
    STORE s0, 1*WORD(sp)
    mv s0, sp
    beqz a4, 1f
    mv sp, a4
1:  jalr a3
    mv sp, s0
    LOAD ra, 0*WORD(sp)
    LOAD s0, 1*WORD(sp)
    addi sp, sp, 16
    ret
END(zeroos_call_handler)
