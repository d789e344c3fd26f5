/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Clocks, timers and times of Linux. */
#ifndef ZEROOS_ABI_TIME_H
#define ZEROOS_ABI_TIME_H

#include <stdint.h>

struct timespec {
    int64_t tv_sec;
    long tv_nsec;
#if __riscv_xlen == 32
    long padding; /* only the low half of 64-bit nanoseconds counts */
#endif
};

struct timeval {
    int64_t tv_sec;
    int64_t tv_usec;
};

/* As older calls have it. */
struct timeval_long {
    long tv_sec, tv_usec;
};

struct itimerval {
    struct timeval_long interval, value;
};

struct timezone {
    int minutes_west;
    int dst;
};

enum {
    CLOCK_REALTIME = 0,
    CLOCK_MONOTONIC = 1,
    CLOCK_PROCESS_CPUTIME_ID = 2,
    CLOCK_THREAD_CPUTIME_ID = 3,
    CLOCK_MONOTONIC_RAW = 4,
    CLOCK_REALTIME_COARSE = 5,
    CLOCK_MONOTONIC_COARSE = 6,
    CLOCK_BOOTTIME = 7,
    CLOCK_REALTIME_ALARM = 8,
    CLOCK_BOOTTIME_ALARM = 9,
    CLOCK_TAI = 11,
    TIMER_ABSTIME = 1,
    ITIMER_REAL = 0,
};

#endif
