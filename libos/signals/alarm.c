/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>

uint64_t zeroos_alarm_interval;

void zeroos_ring(void)
{
    static const struct siginfo info = {.signal = SIGALRM, .code = SI_KERNEL};
    zeroos_set_alarm(zeroos_alarm_interval ? zeroos_now + zeroos_alarm_interval : ZEROOS_NEVER);
    zeroos_post(&info);
}
