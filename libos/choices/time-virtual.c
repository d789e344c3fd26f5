/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Every reading takes a microsecond: time is a function of the execution alone. */
#include <zeroos/clock.h>

uint64_t zeroos_read_clock(bool real)
{
    (void)real;
    return zeroos_now += 1000;
}

uint64_t zeroos_clock_epoch(void)
{
    return zeroos_epoch;
}

uint64_t zeroos_file_time(void)
{
    return zeroos_now;
}
