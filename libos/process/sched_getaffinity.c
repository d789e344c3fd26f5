/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

long sys_sched_getaffinity(pid_t pid, unsigned int length, unsigned long *mask)
{
    if (length < sizeof *mask || length % sizeof *mask)
        return -EINVAL;
    if (pid && !zeroos_find_thread(pid))
        return -ESRCH;
    if (zeroos_outside(mask, sizeof *mask))
        return -EFAULT;
    *mask = 1;
    return sizeof *mask;
}
