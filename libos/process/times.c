/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/clock.h>
#include <zeroos/syscalls.h>

/* What times() counts in (USER_HZ). */
#define TICKS_PER_SEC 100

long sys_times(struct tms *times)
{
    if (times && zeroos_outside(times, sizeof *times))
        return -EFAULT;
    long ticks = (long)(zeroos_read_clock(false) / (NSEC_PER_SEC / TICKS_PER_SEC));
    if (times)
        *times = (struct tms){.user = ticks};
    return ticks;
}
