/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>
#include <zeroos/syscalls.h>

/* Whether the mask stands behind a restorer: no program for riscv64 says so. */
static bool restorer(unsigned long flags)
{
    return __riscv_xlen == 32 && flags & SA_RESTORER;
}

static uint64_t mask_of(const struct sigaction *action)
{
    if (!restorer(action->flags))
        return action->mask;
    const unsigned long *mask = ((const struct sigaction_restorer *)action)->mask;
    return mask[0] | (uint64_t)mask[1] << 32;
}

static void store(struct sigaction *to, struct sigaction action, bool long_form)
{
    if (!long_form) {
        *to = action;
        return;
    }
    *(struct sigaction_restorer *)to = (struct sigaction_restorer){
        action.handler,
        action.flags,
        0,
        {(unsigned long)action.mask, (unsigned long)(action.mask >> 32)},
    };
}

static bool outside(const struct sigaction *action, bool long_form)
{
    return zeroos_range_outside(action,
                                long_form ? sizeof(struct sigaction_restorer) : sizeof *action);
}

long sys_rt_sigaction(int signal, const struct sigaction *action, struct sigaction *old_action,
                      size_t size)
{
    if (size != sizeof(uint64_t) || signal < 1 || signal > NSIG)
        return -EINVAL;
    if (action && zeroos_signal_bit(signal) & ZEROOS_UNBLOCKABLE)
        return -EINVAL;
    if (action && (outside(action, false) || outside(action, restorer(action->flags))))
        return -EFAULT;
    struct sigaction old = zeroos_actions[signal];
    bool long_form = restorer(action ? action->flags : old.flags);
    if (old_action && outside(old_action, long_form))
        return -EFAULT;
    if (action) {
        zeroos_actions[signal] = (struct sigaction){
            action->handler,
            action->flags,
            mask_of(action) & ~ZEROOS_UNBLOCKABLE,
        };
        /* A signal that is ignored from now on is not pending any more. */
        if (zeroos_ignored(signal))
            zeroos_forget_all(zeroos_signal_bit(signal));
    }
    if (old_action)
        store(old_action, old, long_form);
    return 0;
}
