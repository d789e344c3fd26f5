/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>
#include <zeroos/syscalls.h>

/* A signal that is ignored from now on is not pending any more. */
static void forget(uint64_t bit)
{
    zeroos_shared_pending &= ~bit;
    for (struct zeroos_thread *t = zeroos_next_thread(NULL); t; t = zeroos_next_thread(t))
        t->pending &= ~bit;
}

long sys_rt_sigaction(int signal, const struct sigaction *action, struct sigaction *old_action,
                      size_t size)
{
    if (size != sizeof(uint64_t) || signal < 1 || signal > NSIG)
        return -EINVAL;
    if (action && zeroos_signal_bit(signal) & ZEROOS_UNBLOCKABLE)
        return -EINVAL;
    if ((action && zeroos_outside(action, sizeof *action)) ||
        (old_action && zeroos_outside(old_action, sizeof *old_action)))
        return -EFAULT;
    struct sigaction old = zeroos_actions[signal];
    if (action) {
        zeroos_actions[signal] = *action;
        zeroos_actions[signal].mask &= ~ZEROOS_UNBLOCKABLE;
        if (zeroos_ignored(signal))
            forget(zeroos_signal_bit(signal));
    }
    if (old_action)
        *old_action = old;
    return 0;
}
