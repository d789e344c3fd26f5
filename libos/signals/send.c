/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>

#define BIT(signal) ((uint64_t)1 << ((signal) - 1))
#define STOPS (BIT(SIGSTOP) | BIT(SIGTSTP) | BIT(SIGTTIN) | BIT(SIGTTOU))

static bool wants(const struct zeroos_thread *thread, uint64_t bit)
{
    return !(thread->blocked & ~thread->awaited & bit);
}

/* Of the threads that a signal to the process may reach, the first one if it lives, else any. */
static struct zeroos_thread *receiver(uint64_t bit)
{
    struct zeroos_thread *thread = zeroos_find_thread(1);
    if (thread && wants(thread, bit))
        return thread;
    for (thread = zeroos_next_thread(NULL); thread; thread = zeroos_next_thread(thread))
        if (wants(thread, bit))
            break;
    return thread;
}

/* Makes a signal wait, or ends the run of it; *to: who shall take it, or NULL. False: it may not
 * get lost, and there is no memory for it. */
static bool accept(struct zeroos_thread *thread, const struct siginfo *info,
                   struct zeroos_thread **to)
{
    int signal = info->signal;
    uint64_t bit = zeroos_signal_bit(signal);
    const struct zeroos_thread *judge = thread ? thread : &zeroos_first_thread;
    *to = NULL;
    if (!(judge->blocked & bit) && zeroos_ignored(signal))
        return true;
    struct zeroos_thread *taker = thread ? thread : receiver(bit);
    if (taker && wants(taker, bit)) {
        bool awaited = taker->awaited & bit;
        if (!awaited && zeroos_actions[signal].handler == SIG_DFL && !zeroos_ignored(signal))
            zeroos_die_of(signal);
        *to = taker;
    }
    return zeroos_queue(thread, info);
}

long zeroos_send(struct zeroos_thread *thread, const struct siginfo *info, uintptr_t site)
{
    struct zeroos_thread *to;
    if (STOPS & zeroos_signal_bit(info->signal))
        zeroos_forget_all(BIT(SIGCONT));
    else if (info->signal == SIGCONT)
        zeroos_forget_all(STOPS);
    if (!accept(thread, info, &to))
        return -EAGAIN;
    if (to == zeroos_thread) {
        to->site = site;
        (void)zeroos_take_due();
    } else if (to) {
        zeroos_interrupt(to);
    }
    return 0;
}

void zeroos_post(const struct siginfo *info)
{
    struct zeroos_thread *to;
    if (accept(NULL, info, &to) && to)
        zeroos_interrupt(to);
}
