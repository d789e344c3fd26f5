/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

long sys_sched_yield(void)
{
    zeroos_yield();
    (void)zeroos_take_signals();
    return 0;
}
