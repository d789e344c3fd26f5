/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/vector.h>

/* Jolt: machine mode, all registers and all of the RAM that no section fills are 0. */
ZEROOS_ENTRY
#ifdef ZEROOS_DISPATCH_TRAP
    tail zeroos_start
END(zeroos_entry)

ZEROOS_START_WITH_VECTOR

/* Nothing but `ecall` comes here: what else goes wrong ends the host's process. */
ZEROOS_VECTOR
    ZEROOS_SYSCALL_VECTOR
    ZEROOS_TRAP_FAILS
END(zeroos_vector)
#else
    ZEROOS_SET_GP_SP
    tail zeroos_boot
END(zeroos_entry)
#endif
