/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>
#include <zeroos/vfs.h>

/* Nothing outside of the image can make it wait: what is open is ready for what it can do. */
static short ready(const struct pollfd *entry)
{
    const struct zeroos_file *file = zeroos_file_of(entry->fd);
    int able = 0;
    if (!file)
        return POLLNVAL;
    if (zeroos_readable(file))
        able |= POLLIN | POLLRDNORM;
    if (zeroos_writable(file))
        able |= POLLOUT | POLLWRNORM;
    return (short)(entry->events & able);
}

long sys_ppoll(struct pollfd *fds, unsigned int count, const struct timespec *timeout,
               const unsigned long *mask, size_t size)
{
    uint64_t deadline = ZEROOS_NEVER, blocked = zeroos_thread->blocked;
    if (timeout) {
        if (zeroos_outside(timeout, sizeof *timeout))
            return -EFAULT;
        if (!zeroos_valid_time(timeout))
            return -EINVAL;
        deadline = zeroos_deadline_in(timeout);
    }
    if (mask && size != sizeof blocked)
        return -EINVAL;
    if (mask && zeroos_outside(mask, sizeof blocked))
        return -EFAULT;
    if (count > ZEROOS_MAX_FILES)
        return -EINVAL;
    if (count && zeroos_range_outside(fds, count * sizeof *fds))
        return -EFAULT;
    long total = 0;
    for (unsigned i = 0; i < count; i++) {
        fds[i].revents = fds[i].fd < 0 ? 0 : ready(&fds[i]);
        total += fds[i].revents != 0;
    }
    if (mask)
        memcpy(&zeroos_thread->blocked, mask, sizeof blocked);
    int result = 0;
    if (total == 0 && deadline > zeroos_now)
        result = zeroos_sleep(deadline, ZEROOS_SITE);
    (void)zeroos_take_signals();
    zeroos_thread->blocked = blocked;
    return total ? total : result;
}
