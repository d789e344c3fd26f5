/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>
#include <zeroos/syscalls.h>

/* A mask of the program: aligned as its longs are. */
static uint64_t load(const unsigned long *set)
{
#if __riscv_xlen == 64
    return set[0];
#else
    return set[0] | (uint64_t)set[1] << 32;
#endif
}

static void store(unsigned long *set, uint64_t mask)
{
    set[0] = (unsigned long)mask;
#if __riscv_xlen == 32
    set[1] = (unsigned long)(mask >> 32);
#endif
}

static __attribute__((noinline)) long take(struct zeroos_thread *self, uintptr_t site)
{
    self->site = site;
    (void)zeroos_take_signals();
    return 0;
}

long sys_rt_sigprocmask(int how, const unsigned long *set, unsigned long *old_set, size_t size)
{
    struct zeroos_thread *self = zeroos_thread;
    uint64_t old = self->blocked, mask = old;
    if (size != sizeof old)
        return -EINVAL;
    if (set) {
        if (zeroos_outside(set, sizeof old))
            return -EFAULT;
        mask = load(set);
        if (how == SIG_BLOCK)
            mask |= old;
        else if (how == SIG_UNBLOCK)
            mask = old & ~mask;
        else if (how != SIG_SETMASK)
            return -EINVAL;
        mask &= ~ZEROOS_UNBLOCKABLE;
    }
    if (old_set) {
        if (zeroos_outside(old_set, sizeof old))
            return -EFAULT;
        store(old_set, old);
    }
    self->blocked = mask;
    return old & ~mask ? take(self, ZEROOS_SITE) : 0;
}
