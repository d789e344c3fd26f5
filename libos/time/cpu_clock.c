/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/threads.h>

/* As Linux codes them (linux/posix-timers.h): all bits of the number but three inverted. */
enum { KIND = 3, FILE_DESCRIPTOR = 3, OF_THREAD = 4 };

bool zeroos_cpu_clock(int clock)
{
    int number = ~(clock >> 3);
    if (clock >= 0 || (clock & KIND) == FILE_DESCRIPTOR)
        return false;
    if (number == 0 || number == 1)
        return true;
    return clock & OF_THREAD && zeroos_find_thread(number);
}
