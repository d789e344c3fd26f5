/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/start.h>

ZEROOS_ENTRY
    ZEROOS_SET_GP_SP
    tail zeroos_place_stack
END(zeroos_entry)

/* Nexus: the second pass has its stack elsewhere; call 0x402 sets sp there. */
FUNCTION(zeroos_place_stack)
    li a7, 0x402
    ecall
    tail zeroos_boot
END(zeroos_place_stack)
