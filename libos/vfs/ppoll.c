/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/polling.h>
#include <zeroos/syscalls.h>

static long look(struct pollfd *fds, unsigned count)
{
    long total = 0;
    for (struct pollfd *entry = fds; entry < fds + count; entry++) {
        struct zeroos_file *file = zeroos_file_of(entry->fd);
        int events = 0;
        if (file)
            events = zeroos_events(file) & (entry->events | POLLERR | POLLHUP | POLLNVAL);
        else if (entry->fd >= 0)
            events = POLLNVAL;
        entry->revents = (short)events;
        total += events != 0;
    }
    return total;
}

long sys_ppoll(struct pollfd *fds, unsigned int count, const struct timespec *timeout,
               const unsigned long *mask, size_t size)
{
    uint64_t deadline;
    long result = zeroos_check_polling(timeout, mask, size, &deadline);
    if (result)
        return result;
    if (count > ZEROOS_MAX_FILES)
        return -EINVAL;
    if (count && zeroos_range_outside(fds, count * sizeof *fds))
        return -EFAULT;
    if (mask)
        zeroos_begin_mask(zeroos_load_mask(mask));
    do
        result = look(fds, count);
    while (result == 0 && (result = zeroos_go_on_polling(deadline, ZEROOS_SITE)) == 1);
    zeroos_end_mask();
    (void)zeroos_take_signals();
    return result;
}
