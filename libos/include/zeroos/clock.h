/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The virtual clock: nanoseconds since the start of the run. */
#ifndef ZEROOS_CLOCK_H
#define ZEROOS_CLOCK_H

#include <zeroos/libos.h>

#define NSEC_PER_SEC 1000000000ull
#define ZEROOS_NEVER UINT64_MAX

/* The time of deadlines: advances by readings, by yields, and when every thread waits. */
extern uint64_t zeroos_now;

/* When the timer rings that signals/setitimer.c is about, or ZEROOS_NEVER. */
extern uint64_t zeroos_alarm;
void zeroos_set_alarm(uint64_t time);
/* signals/alarm.c: sends its signal, and starts it again after the interval, if that is not 0. */
void zeroos_ring(void);
extern uint64_t zeroos_alarm_interval;

/* choices/time-*.c: what a program sees of the clock when it reads it. `real`: it will be told
 * the time of day. */
uint64_t zeroos_read_clock(bool real);
/* Seconds since 1970 at the start of the run. */
uint64_t zeroos_clock_epoch(void);
/* The time that files are marked with: nanoseconds since the start of the run. Not a reading: it
 * costs no time, and is 0 where the manifest denies or fixes the time. */
uint64_t zeroos_file_time(void);

/* time/cpu_clock.c: whether a number stands for the processor time of the process or a thread. */
bool zeroos_cpu_clock(int clock);

static inline bool zeroos_valid_clock(int clock)
{
    return (clock >= CLOCK_REALTIME && clock <= CLOCK_TAI && clock != 10) ||
           zeroos_cpu_clock(clock);
}

/* Whether a clock tells the time of day. */
static inline bool zeroos_real_clock(int clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE ||
           clock == CLOCK_REALTIME_ALARM || clock == CLOCK_TAI;
}

static inline bool zeroos_valid_time(const struct timespec *time)
{
    return time->tv_sec >= 0 && (unsigned long)time->tv_nsec < NSEC_PER_SEC;
}

/* time/deadlines.c */
/* A relative time as deadline on the clock; saturates. */
uint64_t zeroos_deadline_in(const struct timespec *time);
/* An absolute time of CLOCK_REALTIME, or else of the monotonic clock. */
uint64_t zeroos_deadline_at(const struct timespec *time, bool real);

#endif
