/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/assembly.h>

/* void zeroos_call_handler(int signal, info, context, handler, sp) */
FUNCTION(zeroos_call_handler)
    addi sp, sp, -16
    STORE ra, 0*WORD(sp)
    STORE s0, 1*WORD(sp)
    mv s0, sp
    mv sp, a4
    jalr a3
    mv sp, s0
    LOAD ra, 0*WORD(sp)
    LOAD s0, 1*WORD(sp)
    addi sp, sp, 16
    ret
END(zeroos_call_handler)
