/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

_Noreturn void zeroos_exit(int code)
{
    if (zeroos_stack_low[0] != ZEROOS_CANARY)
        zeroos_fail(ZEROOS_CANARY_BROKEN, "the main stack was overrun");
    zeroos_check_stacks();
    zeroos_flush();
    zeroos_host_exit(code & 0xff);
}

_Noreturn void sys_exit_group(int status)
{
    zeroos_exit(status);
}
