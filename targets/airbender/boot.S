/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/start.h>

/* Airbender: execution starts at address 0; all registers and the RAM are 0. */
ZEROOS_ENTRY
    ZEROOS_SET_GP_SP
    tail zeroos_boot
END(zeroos_entry)
