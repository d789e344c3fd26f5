/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>

/* Of the threads that a signal to the process may reach, the running one, else any. */
static struct zeroos_thread *receiver(uint64_t bit)
{
    struct zeroos_thread *thread = zeroos_thread;
    if (!(thread->blocked & bit))
        return thread;
    for (thread = zeroos_next_thread(NULL); thread; thread = zeroos_next_thread(thread))
        if (!(thread->blocked & bit))
            break;
    return thread;
}

void zeroos_send(struct zeroos_thread *thread, int signal, uintptr_t site)
{
    uint64_t bit = zeroos_signal_bit(signal);
    struct zeroos_thread *to = thread ? thread : receiver(bit);
    bool blocked = !to || (to->blocked & bit);
    if (!blocked && zeroos_ignored(signal))
        return;
    if (!blocked && zeroos_actions[signal].handler == SIG_DFL)
        zeroos_die_of(signal);
    if (thread)
        thread->pending |= bit;
    else
        zeroos_shared_pending |= bit;
    if (to == zeroos_thread) {
        to->site = site;
        (void)zeroos_take_due();
    } else if (!blocked) {
        zeroos_interrupt(to);
    }
}
