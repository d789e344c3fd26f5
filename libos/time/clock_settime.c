/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/clock.h>
#include <zeroos/syscalls.h>

/* The clock is not the program's to set. */
long sys_clock_settime(clockid_t clock, const struct timespec *time)
{
    if (clock != CLOCK_REALTIME)
        return -EINVAL;
    if (zeroos_outside(time, sizeof *time))
        return -EFAULT;
    return zeroos_valid_time(time) ? -EPERM : -EINVAL;
}
