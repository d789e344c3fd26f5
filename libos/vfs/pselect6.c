/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/polling.h>
#include <zeroos/syscalls.h>

/* Which events of poll count for which set (fs/select.c). */
enum {
    IN = POLLIN | POLLRDNORM | POLLHUP | POLLERR,
    OUT = POLLOUT | POLLWRNORM | POLLERR,
    EXCEPT = POLLPRI,
    WORD = 8 * sizeof(long),
};

struct sets {
    unsigned long *in, *out, *except;
    unsigned count;
};

static bool has(const unsigned long *set, unsigned fd)
{
    return set && set[fd / WORD] >> fd % WORD & 1;
}

/* Looks, and when something is ready or it is the `last` look, leaves in the sets what is. */
static long look(const struct sets *sets, bool last)
{
    long total = 0;
    for (unsigned pass = 0; pass < 2; pass++) {
        for (unsigned fd = 0; fd < sets->count; fd++) {
            bool in = has(sets->in, fd), out = has(sets->out, fd), except = has(sets->except, fd);
            if (!in && !out && !except)
                continue;
            struct zeroos_file *file = zeroos_file_of((int)fd);
            if (!file || file->flags & O_PATH)
                return -EBADF;
            int events = zeroos_events(file);
            if (pass == 0) {
                total += (in && events & IN) + (out && events & OUT) + (except && events & EXCEPT);
                continue;
            }
            unsigned long bit = 1ul << fd % WORD;
            if (in && !(events & IN))
                sets->in[fd / WORD] &= ~bit;
            if (out && !(events & OUT))
                sets->out[fd / WORD] &= ~bit;
            if (except && !(events & EXCEPT))
                sets->except[fd / WORD] &= ~bit;
        }
        if (total == 0 && !last)
            return 0;
    }
    return total;
}

static bool outside(const unsigned long *set, unsigned count)
{
    return set && zeroos_range_outside(set, (count + WORD - 1) / WORD * sizeof(long));
}

long sys_pselect6(int count, unsigned long *readable, unsigned long *writable,
                  unsigned long *except, const struct timespec *timeout, const unsigned long *mask)
{
    uint64_t deadline;
    const unsigned long *signals = NULL;
    size_t size = 0;
    if (mask) {
        if (zeroos_outside(mask, 2 * sizeof *mask))
            return -EFAULT;
        signals = (const unsigned long *)mask[0];
        size = mask[1];
    }
    long result = zeroos_check_polling(timeout, signals, size, &deadline);
    if (result)
        return result;
    if (count < 0)
        return -EINVAL;
    struct sets sets = {readable, writable, except, (unsigned)count};
    if (sets.count > ZEROOS_MAX_FILES)
        sets.count = ZEROOS_MAX_FILES;
    if (outside(readable, sets.count) || outside(writable, sets.count) ||
        outside(except, sets.count))
        return -EFAULT;
    if (signals)
        zeroos_begin_mask(zeroos_load_mask(signals));
    do
        result = look(&sets, deadline <= zeroos_now);
    while (result == 0 && (result = zeroos_go_on_polling(deadline, ZEROOS_SITE)) == 1);
    if (result == 0)
        result = look(&sets, true);
    zeroos_end_mask();
    (void)zeroos_take_signals();
    return result;
}
