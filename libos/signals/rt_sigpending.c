/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>
#include <zeroos/syscalls.h>

long sys_rt_sigpending(unsigned long *set, size_t size)
{
    const struct zeroos_thread *self = zeroos_thread;
    unsigned long found[sizeof self->blocked / sizeof(long)];
    if (size > sizeof found)
        return -EINVAL;
    if (zeroos_range_outside(set, size))
        return -EFAULT;
    zeroos_store_mask(found, (self->pending | zeroos_shared_pending) & self->blocked);
    memcpy(set, found, size);
    return 0;
}
