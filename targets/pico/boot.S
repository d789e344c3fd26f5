/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/start.h>

/* Pico: all registers are 0 and all memory that no segment fills reads 0. */
ZEROOS_ENTRY
    ZEROOS_SET_GP_SP
    tail zeroos_boot
END(zeroos_entry)
