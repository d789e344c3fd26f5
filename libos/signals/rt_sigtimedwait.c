/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>
#include <zeroos/syscalls.h>

static long tell(int signal, struct zeroos_queued *record, struct siginfo *info)
{
    long result = signal;
    if (info && zeroos_outside(info, sizeof *info))
        result = -EFAULT;
    else if (info && record)
        *info = record->info;
    else if (info)
        *info = (struct siginfo){.signal = signal};
    zeroos_give_record(record);
    return result;
}

long sys_rt_sigtimedwait(const unsigned long *set, struct siginfo *info,
                         const struct timespec *timeout, size_t size)
{
    struct zeroos_thread *self = zeroos_thread;
    struct zeroos_queued *record;
    uint64_t deadline = ZEROOS_NEVER;
    if (size != sizeof self->blocked)
        return -EINVAL;
    if (zeroos_outside(set, sizeof self->blocked))
        return -EFAULT;
    uint64_t wanted = zeroos_load_mask(set) & ~ZEROOS_UNBLOCKABLE;
    if (timeout) {
        if (zeroos_outside(timeout, sizeof *timeout))
            return -EFAULT;
        if (!zeroos_valid_time(timeout))
            return -EINVAL;
        deadline = zeroos_deadline_in(timeout);
    }
    int signal = zeroos_dequeue(wanted, &record);
    if (signal)
        return tell(signal, record, info);
    int result = 0;
    if (deadline > zeroos_now) {
        self->awaited = wanted;
        result = zeroos_sleep(deadline, ZEROOS_SITE);
        self->awaited = 0;
        signal = zeroos_dequeue(wanted, &record);
    }
    (void)zeroos_take_signals();
    if (signal)
        return tell(signal, record, info);
    return result ? result : -EAGAIN;
}
