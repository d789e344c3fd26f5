/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/clock.h>
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

long sys_clock_gettime(clockid_t clock, struct timespec *time)
{
    if (!zeroos_valid_clock(clock))
        return -EINVAL;
    if (zeroos_outside(time, sizeof *time))
        return -EFAULT;
    bool real = zeroos_real_clock(clock);
    uint64_t now = zeroos_read_clock(real);
    uint64_t seconds = now / NSEC_PER_SEC;
    long rest = (long)(now - seconds * NSEC_PER_SEC);
    *time = (struct timespec){
        .tv_sec = (int64_t)(real ? seconds + zeroos_clock_epoch() : seconds),
        .tv_nsec = rest,
    };
    if (zeroos_alarm <= zeroos_now) {
        zeroos_ring();
        (void)zeroos_take_signals();
    }
    return 0;
}
