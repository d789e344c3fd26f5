/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/start.h>

/* RISC Zero: the kernel enters with all registers 0; memory that no segment fills reads 0. */
ZEROOS_ENTRY
    ZEROOS_SET_GP_SP
    tail zeroos_boot
END(zeroos_entry)
