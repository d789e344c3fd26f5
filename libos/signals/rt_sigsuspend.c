/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>
#include <zeroos/syscalls.h>

long sys_rt_sigsuspend(const unsigned long *set, size_t size)
{
    struct zeroos_thread *self = zeroos_thread;
    if (size != sizeof self->blocked)
        return -EINVAL;
    if (zeroos_outside(set, sizeof self->blocked))
        return -EFAULT;
    self->site = ZEROOS_SITE;
    zeroos_begin_mask(zeroos_load_mask(set));
    while (!zeroos_handle_signals())
        (void)zeroos_sleep(ZEROOS_NEVER, self->site);
    return -EINTR;
}
