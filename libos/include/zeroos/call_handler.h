/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The way from the libOS to a signal handler, with what has to be done when it has returned. */
#ifndef ZEROOS_CALL_HANDLER_H
#define ZEROOS_CALL_HANDLER_H

#include <zeroos/assembly.h>

/* What follows is no C. */
/* clang-format off */
/* void zeroos_call_handler(int signal, info, context, handler, sp); sp = 0: on this stack. */
#define ZEROOS_CALL_HANDLER(afterwards)                                                            \
    FUNCTION(zeroos_call_handler)                                                                  \
    addi sp, sp, -16;                                                                              \
    STORE ra, 0*WORD(sp);                                                                          \
    STORE s0, 1*WORD(sp);                                                                          \
    mv s0, sp;                                                                                     \
    beqz a4, 1f;                                                                                   \
    mv sp, a4;                                                                                     \
1:  jalr a3;                                                                                       \
    afterwards;                                                                                    \
    mv sp, s0;                                                                                     \
    LOAD ra, 0*WORD(sp);                                                                           \
    LOAD s0, 1*WORD(sp);                                                                           \
    addi sp, sp, 16;                                                                               \
    ret;                                                                                           \
    END(zeroos_call_handler)

#endif
