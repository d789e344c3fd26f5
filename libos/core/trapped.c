/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Where a trap vector ends a run. */
#include <zeroos/host.h>

/* Causes by the RISC-V privileged manual, table "mcause". */
_Noreturn void zeroos_trapped(unsigned long cause, unsigned long pc)
{
    const char *name = cause == 2               ? "illegal instruction"
                     : cause == 3               ? "breakpoint"
                     : cause == 4 || cause == 6 ? "misaligned memory access"
                                                : "access to memory that is not there";
    zeroos_fail_at(ZEROOS_TRAP, name, pc);
}
