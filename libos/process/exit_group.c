/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

_Noreturn void zeroos_exit(int code)
{
    if (*(unsigned long *)zeroos_stack_low != (unsigned long)ZEROOS_CANARY)
        zeroos_fail(ZEROOS_CANARY_BROKEN, "the main stack was overrun");
    zeroos_flush();
    zeroos_host_exit(code & 0xff);
}

_Noreturn void sys_exit_group(int status)
{
    zeroos_exit(status);
}
