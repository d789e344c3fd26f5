/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/polling.h>

long zeroos_check_polling(const struct timespec *timeout, const unsigned long *mask, size_t size,
                          uint64_t *deadline)
{
    *deadline = ZEROOS_NEVER;
    if (timeout) {
        if (zeroos_outside(timeout, sizeof *timeout))
            return -EFAULT;
        if (!zeroos_valid_time(timeout))
            return -EINVAL;
        *deadline = zeroos_deadline_in(timeout);
    }
    if (mask && size != sizeof(uint64_t))
        return -EINVAL;
    return mask && zeroos_outside(mask, sizeof(uint64_t)) ? -EFAULT : 0;
}

long zeroos_go_on_polling(uint64_t deadline, uintptr_t site)
{
    zeroos_thread->site = site;
    /* The mask of the call may let signals through that came before it. */
    if (zeroos_handle_signals())
        return -EINTR;
    if (deadline <= zeroos_now)
        return 0;
    (void)zeroos_futex_wait(&zeroos_anything, ~0u, deadline, site);
    return zeroos_handle_signals() ? -EINTR : 1;
}
