/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* musl's a_spin and lowered `pause`: a spinning thread lets the others run. */
#include <zeroos/threads.h>

void zeroos_pause(void);

void zeroos_pause(void)
{
    zeroos_yield();
}
