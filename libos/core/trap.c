/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Where a crash of the program ends: musl's a_crash, and ebreak and unimp where the machine
 * itself would not fail. */
#include <zeroos/libos.h>

_Noreturn void zeroos_crash(void)
{
    zeroos_fail(ZEROOS_ABORT, "the C library found its state corrupted and crashed");
}

_Noreturn void zeroos_trap(void)
{
    zeroos_fail(ZEROOS_ABORT, "the program executed a trap instruction");
}
