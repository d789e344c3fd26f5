/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>
#include <zeroos/syscalls.h>

long sys_sigaltstack(const struct sigaltstack *stack, struct sigaltstack *old_stack)
{
    struct sigaltstack *own = &zeroos_thread->altstack, old = *own;
    if ((stack && zeroos_outside(stack, sizeof *stack)) ||
        (old_stack && zeroos_outside(old_stack, sizeof *old_stack)))
        return -EFAULT;
    unsigned long sp = (unsigned long)__builtin_frame_address(0);
    bool standing = sp - old.base < old.size;
    if (old.size == 0)
        old.flags |= SS_DISABLE;
    else if (standing)
        old.flags |= SS_ONSTACK;
    if (stack) {
        struct sigaltstack new = *stack;
        unsigned mode = (unsigned)new.flags & ~SS_AUTODISARM;
        if (standing)
            return -EPERM;
        if (mode & ~(unsigned)(SS_ONSTACK | SS_DISABLE) || mode == (SS_ONSTACK | SS_DISABLE))
            return -EINVAL;
        new.flags &= (int)SS_AUTODISARM;
        if (mode == SS_DISABLE)
            new.base = new.size = 0;
        else if (new.size < MINSIGSTKSZ)
            return -ENOMEM;
        *own = new;
    }
    if (old_stack)
        *old_stack = old;
    return 0;
}
