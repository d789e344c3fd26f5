/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The virtual clock, started at a time that the private input tells: 8 bytes, little-endian,
 * seconds since 1970, taken when somebody asks for the time of day. */
#include <zeroos/clock.h>
#include <zeroos/input.h>

uint64_t zeroos_read_clock(bool real)
{
    (void)real;
    return zeroos_now += 1000;
}

uint64_t zeroos_clock_epoch(void)
{
    static bool known;
    static uint64_t epoch;
    if (!known) {
        unsigned char bytes[8];
        if (!zeroos_input_exactly(bytes, sizeof bytes))
            zeroos_fail(ZEROOS_DENIED, "the private input ended before the time of day");
        for (int i = 7; i >= 0; i--)
            epoch = epoch << 8 | bytes[i];
        known = true;
    }
    return epoch;
}

uint64_t zeroos_file_time(void)
{
    return zeroos_now;
}
