/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Lowered rdcycle, rdtime and rdinstret, and on rv32 their high halves, read the virtual clock:
 * a processor of 1 GHz. */
#include <zeroos/clock.h>

unsigned long zeroos_counter(unsigned which);

unsigned long zeroos_counter(unsigned which)
{
    /* Both halves of one value are read in turn, the high one again until it is unchanged. */
    if (which >= 3)
        return (unsigned long)(zeroos_now >> 32);
    return (unsigned long)zeroos_read_clock(false);
}
