/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/start.h>

/* ZisK: a0 is the input, a1 the output, ra the way out; all other registers and the RAM are 0. */
ZEROOS_ENTRY
    ZEROOS_SET_GP_SP
    tail zeroos_boot
END(zeroos_entry)
