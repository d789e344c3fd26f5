/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The timer behind alarm(), on the virtual clock. It rings when time passes: when threads wait or
 * yield, and when the clock is read.
 */
#include <zeroos/signals.h>
#include <zeroos/syscalls.h>

#define NSEC_PER_USEC 1000
#define USEC_PER_SEC 1000000

static bool is_valid(const struct timeval_long *time)
{
    return time->tv_sec >= 0 && (unsigned long)time->tv_usec < USEC_PER_SEC;
}

static uint64_t nanoseconds(const struct timeval_long *time)
{
    struct timespec spec = {.tv_sec = time->tv_sec, .tv_nsec = time->tv_usec * NSEC_PER_USEC};
    return zeroos_deadline_in(&spec) - zeroos_now;
}

static struct timeval_long microseconds(uint64_t time)
{
    return (struct timeval_long){
        .tv_sec = (long)(time / NSEC_PER_SEC),
        .tv_usec = (long)(time % NSEC_PER_SEC / NSEC_PER_USEC),
    };
}

static void store(struct itimerval *value)
{
    uint64_t left = 0;
    if (zeroos_alarm != ZEROOS_NEVER)
        left = zeroos_alarm > zeroos_now ? zeroos_alarm - zeroos_now : NSEC_PER_USEC;
    *value = (struct itimerval){microseconds(zeroos_alarm_interval), microseconds(left)};
}

long sys_getitimer(int which, struct itimerval *value)
{
    if (which != ITIMER_REAL)
        return -EINVAL;
    if (zeroos_outside(value, sizeof *value))
        return -EFAULT;
    store(value);
    return 0;
}

long sys_setitimer(int which, const struct itimerval *value, struct itimerval *old_value)
{
    struct itimerval new = {{0, 0}, {0, 0}};
    if (value && zeroos_outside(value, sizeof *value))
        return -EFAULT;
    if (value)
        new = *value;
    if (which != ITIMER_REAL || !is_valid(&new.interval) || !is_valid(&new.value))
        return -EINVAL;
    if (old_value && zeroos_outside(old_value, sizeof *old_value))
        return -EFAULT;
    if (old_value)
        store(old_value);
    uint64_t in = nanoseconds(&new.value);
    zeroos_alarm_interval = nanoseconds(&new.interval);
    zeroos_set_alarm(in ? zeroos_now + in : ZEROOS_NEVER);
    return 0;
}
