/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>

bool zeroos_take_due(void)
{
    struct zeroos_thread *self = zeroos_thread;
    bool again = true;
    for (;;) {
        uint64_t due = (self->pending | zeroos_shared_pending) & ~self->blocked;
        if (due == 0)
            return again;
        int signal = 1;
        for (; !(due & 1); due >>= 1)
            signal++;
        uint64_t bit = zeroos_signal_bit(signal);
        int code = self->pending & bit ? SI_TKILL : SI_USER;
        if (self->pending & bit)
            self->pending &= ~bit;
        else
            zeroos_shared_pending &= ~bit;
        struct sigaction *action = &zeroos_actions[signal];
        if (zeroos_ignored(signal))
            continue;
        if (action->handler == SIG_DFL)
            zeroos_die_of(signal);
        again &= zeroos_deliver(signal, code, action);
    }
}

bool zeroos_take_signals(void)
{
    return zeroos_take_due();
}
