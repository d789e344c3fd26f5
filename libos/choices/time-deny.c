/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The virtual clock, but nobody gets to know the time of day. */
#include <zeroos/clock.h>

uint64_t zeroos_read_clock(bool real)
{
    if (real)
        zeroos_fail(ZEROOS_DENIED, "the time of day was read, and [abi.time] denies it");
    return zeroos_now += 1000;
}

uint64_t zeroos_clock_epoch(void)
{
    return zeroos_epoch;
}

uint64_t zeroos_file_time(void)
{
    return 0;
}
