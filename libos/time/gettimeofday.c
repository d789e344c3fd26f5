/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/clock.h>
#include <zeroos/syscalls.h>

long sys_gettimeofday(struct timeval *time, struct timezone *zone)
{
    if ((time && zeroos_outside(time, sizeof *time)) ||
        (zone && zeroos_outside(zone, sizeof *zone)))
        return -EFAULT;
    if (time) {
        uint64_t now = zeroos_read_clock(true);
        time->tv_sec = (int64_t)(now / NSEC_PER_SEC + zeroos_clock_epoch());
        time->tv_usec = (int64_t)(now % NSEC_PER_SEC / 1000);
    }
    if (zone)
        *zone = (struct timezone){0, 0};
    return 0;
}
