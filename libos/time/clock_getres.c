/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/clock.h>
#include <zeroos/syscalls.h>

long sys_clock_getres(clockid_t clock, struct timespec *resolution)
{
    if (!zeroos_valid_clock(clock))
        return -EINVAL;
    if (!resolution)
        return 0;
    if (zeroos_outside(resolution, sizeof *resolution))
        return -EFAULT;
    *resolution = (struct timespec){.tv_nsec = 1000};
    return 0;
}
