/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

int zeroos_tid = 1;

long sys_set_tid_address(int *address)
{
    (void)address;
    return zeroos_tid;
}
