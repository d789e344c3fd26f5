/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>

bool zeroos_take_due(void)
{
    const struct zeroos_thread *self = zeroos_thread;
    bool again = true, first = true;
    struct zeroos_queued *record;
    int signal;
    while (zeroos_due(self) && (signal = zeroos_dequeue(~self->blocked, &record)) != 0) {
        struct sigaction *action = &zeroos_actions[signal];
        if (zeroos_ignored(signal)) {
            zeroos_give_record(record);
            continue;
        }
        if (action->handler == SIG_DFL)
            zeroos_die_of(signal);
        /* As in Linux, the first handler decides. */
        bool goes_on = zeroos_deliver(signal, record, action);
        if (first)
            again = goes_on;
        first = false;
    }
    return again;
}

bool zeroos_take_signals(void)
{
    return zeroos_take_due();
}
