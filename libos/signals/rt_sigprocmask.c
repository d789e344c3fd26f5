/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>
#include <zeroos/syscalls.h>

long sys_rt_sigprocmask(int how, const unsigned long *set, unsigned long *old_set, size_t size)
{
    struct zeroos_thread *self = zeroos_thread;
    uint64_t old = self->blocked;
    if (size != sizeof old)
        return -EINVAL;
    if ((set && zeroos_outside(set, sizeof old)) ||
        (old_set && zeroos_outside(old_set, sizeof old)))
        return -EFAULT;
    if (set) {
        uint64_t mask;
        memcpy(&mask, set, sizeof mask);
        if (how == SIG_BLOCK)
            mask |= old;
        else if (how == SIG_UNBLOCK)
            mask = old & ~mask;
        else if (how != SIG_SETMASK)
            return -EINVAL;
        self->blocked = mask & ~ZEROOS_UNBLOCKABLE;
    }
    if (old_set)
        memcpy(old_set, &old, sizeof old);
    if (old & ~self->blocked) {
        self->site = ZEROOS_SITE;
        (void)zeroos_take_signals();
    }
    return 0;
}
