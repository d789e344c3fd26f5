/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>
#include <zeroos/syscalls.h>

static inline long change(int how, const unsigned long *set, unsigned long *old_set, size_t size)
{
    struct zeroos_thread *self = zeroos_thread;
    uint64_t old = self->blocked, mask = old;
    if (size != sizeof old)
        return -EINVAL;
    if (set) {
        if (zeroos_outside(set, sizeof old))
            return -EFAULT;
        mask = zeroos_load_mask(set);
        if (how == SIG_BLOCK)
            mask |= old;
        else if (how == SIG_UNBLOCK)
            mask = old & ~mask;
        else if (how != SIG_SETMASK)
            return -EINVAL;
        mask &= ~ZEROOS_UNBLOCKABLE;
    }
    self->blocked = mask;
    if (old_set) {
        if (zeroos_outside(old_set, sizeof old))
            return -EFAULT;
        zeroos_store_mask(old_set, old);
    }
    return 0;
}

/* What was sent while the thread could run comes before it may be blocked. */
static __attribute__((noinline)) long between(int how, const unsigned long *set,
                                              unsigned long *old_set, size_t size, uintptr_t site)
{
    zeroos_thread->site = site;
    (void)zeroos_take_signals();
    long result = change(how, set, old_set, size);
    (void)zeroos_take_signals();
    return result;
}

long sys_rt_sigprocmask(int how, const unsigned long *set, unsigned long *old_set, size_t size)
{
    if (zeroos_thread->pending | zeroos_shared_pending)
        return between(how, set, old_set, size, ZEROOS_SITE);
    return change(how, set, old_set, size);
}
