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

long sys_sched_setaffinity(pid_t pid, unsigned int length, const unsigned char *mask)
{
    if (length && zeroos_outside(mask, 1))
        return -EFAULT;
    if (pid && !zeroos_find_thread(pid))
        return -ESRCH;
    return length && *mask & 1 ? 0 : -EINVAL;
}
