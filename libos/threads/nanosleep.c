/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

/* Sleeps; what is left of a relative time goes to `remaining`. */
static long sleep_until(uint64_t deadline, struct timespec *remaining, uintptr_t site)
{
    for (;;) {
        int result = zeroos_sleep(deadline, site);
        bool handled = zeroos_handle_signals();
        if (result == 0)
            return 0;
        if (handled)
            break;
    }
    if (remaining) {
        if (zeroos_outside(remaining, sizeof *remaining))
            return -EFAULT;
        uint64_t left = deadline > zeroos_now ? deadline - zeroos_now : 0;
        *remaining = (struct timespec){
            .tv_sec = (int64_t)(left / NSEC_PER_SEC),
            .tv_nsec = (long)(left % NSEC_PER_SEC),
        };
    }
    return -EINTR;
}

long sys_nanosleep(const struct timespec *request, struct timespec *remaining)
{
    if (zeroos_outside(request, sizeof *request))
        return -EFAULT;
    if (!zeroos_valid_time(request))
        return -EINVAL;
    return sleep_until(zeroos_deadline_in(request), remaining, ZEROOS_SITE);
}

long sys_clock_nanosleep(clockid_t clock, int flags, const struct timespec *request,
                         struct timespec *remaining)
{
    if (!zeroos_valid_clock(clock))
        return -EINVAL;
    /* A thread's own processor time stands still while it sleeps. */
    if (clock < 0 && clock & 4)
        return -EINVAL;
    if (clock == CLOCK_THREAD_CPUTIME_ID ||
        (clock >= CLOCK_MONOTONIC_RAW && clock <= CLOCK_MONOTONIC_COARSE))
        return -EOPNOTSUPP;
    if (zeroos_outside(request, sizeof *request))
        return -EFAULT;
    if (!zeroos_valid_time(request))
        return -EINVAL;
    if (!(flags & TIMER_ABSTIME))
        return sleep_until(zeroos_deadline_in(request), remaining, ZEROOS_SITE);
    uint64_t deadline = zeroos_deadline_at(request, zeroos_real_clock(clock));
    return sleep_until(deadline, NULL, ZEROOS_SITE);
}
