/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

enum {
    COMMANDS = 1 << FUTEX_WAIT | 1 << FUTEX_WAKE | 1 << FUTEX_REQUEUE | 1 << FUTEX_CMP_REQUEUE |
               1 << FUTEX_WAIT_BITSET | 1 << FUTEX_WAKE_BITSET,
};

/* When a wait ends; *error tells what is wrong with the time. */
static uint64_t deadline_of(const struct timespec *timeout, int operation, long *error)
{
    *error = 0;
    if (!timeout)
        return ZEROOS_NEVER;
    if (zeroos_outside(timeout, sizeof *timeout))
        *error = -EFAULT;
    else if (!zeroos_valid_time(timeout))
        *error = -EINVAL;
    else if ((operation & ~FUTEX_PRIVATE_FLAG & ~FUTEX_CLOCK_REALTIME) == FUTEX_WAIT)
        return zeroos_deadline_in(timeout);
    else
        return zeroos_deadline_at(timeout, operation & FUTEX_CLOCK_REALTIME);
    return 0;
}

static __attribute__((noinline)) long wait(const volatile int *futex, int operation, int value,
                                           const struct timespec *timeout, uint32_t bits,
                                           uintptr_t site)
{
    long error;
    uint64_t deadline = deadline_of(timeout, operation, &error);
    if (error)
        return error;
    if (bits == 0)
        return -EINVAL;
    for (;;) {
        if (*futex != value)
            return -EAGAIN;
        int result = zeroos_futex_wait(futex, bits, deadline, site);
        bool again = zeroos_take_signals();
        if (result != -EINTR)
            return result;
        if (!again || deadline != ZEROOS_NEVER)
            return -EINTR;
    }
}

long sys_futex(int *address, int operation, unsigned int value, const struct timespec *timeout,
               int *address2, unsigned int value3)
{
    int command = operation & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME);
    if (operation & FUTEX_CLOCK_REALTIME && command != FUTEX_WAIT_BITSET)
        return -ENOSYS;
    if ((unsigned)command > FUTEX_WAKE_BITSET || !(1 << command & COMMANDS))
        return -ENOSYS;
    if ((uintptr_t)address % sizeof *address)
        return -EINVAL;
    if (zeroos_outside(address, sizeof *address))
        return -EFAULT;
    switch (command) {
    case FUTEX_WAIT:
        value3 = ~0u;
        /* fall through */
    case FUTEX_WAIT_BITSET:
        return wait(address, operation, (int)value, timeout, value3, ZEROOS_SITE);
    case FUTEX_WAKE:
        value3 = ~0u;
        /* fall through */
    case FUTEX_WAKE_BITSET:
        return value3 ? zeroos_futex_wake(address, (int)value, value3) : -EINVAL;
    }
    /* Requeue: the timeout's place holds a number. */
    int move = (int)(long)timeout;
    if ((int)value < 0 || move < 0 || (uintptr_t)address2 % sizeof *address2)
        return -EINVAL;
    if (zeroos_outside(address2, sizeof *address2))
        return -EFAULT;
    if (command == FUTEX_CMP_REQUEUE && *address != (int)value3)
        return -EAGAIN;
    return zeroos_futex_requeue(address, (int)value, move, address2);
}
