/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/clock.h>

/* So far a clock of 64 bits can go; a later deadline is as good as this one, 292 years away. */
#define LATEST ((uint64_t)INT64_MAX)

uint64_t zeroos_now;
uint64_t zeroos_alarm = ZEROOS_NEVER;

static uint64_t nanoseconds(const struct timespec *time, uint64_t base)
{
    uint64_t seconds = (uint64_t)time->tv_sec;
    if (seconds >= LATEST / NSEC_PER_SEC)
        return LATEST;
    uint64_t total = base + seconds * NSEC_PER_SEC + (uint64_t)time->tv_nsec;
    return total < LATEST ? total : LATEST;
}

uint64_t zeroos_deadline_in(const struct timespec *time)
{
    return nanoseconds(time, zeroos_now);
}

uint64_t zeroos_deadline_at(const struct timespec *time, bool real)
{
    struct timespec since = *time;
    if (real) {
        uint64_t epoch = zeroos_clock_epoch();
        if ((uint64_t)since.tv_sec < epoch)
            return 0;
        since.tv_sec -= (int64_t)epoch;
    }
    return nanoseconds(&since, 0);
}
