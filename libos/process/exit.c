/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

_Noreturn void sys_exit(int status)
{
    zeroos_end_thread(status);
}
