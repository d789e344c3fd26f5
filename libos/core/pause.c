/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A spinning thread lets the others run; alone, it has nobody to wait for. */
#include <zeroos/libos.h>

ZEROOS_WEAK void zeroos_yield(void)
{
}

void zeroos_pause(void)
{
    zeroos_yield();
}
