/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

long sys_set_tid_address(int *address)
{
    zeroos_set_clear_tid(address);
    return zeroos_tid;
}
