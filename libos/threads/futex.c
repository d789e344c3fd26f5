/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

enum {
    MODIFIERS = FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME,
    TIMED = 1 << FUTEX_WAIT | 1 << FUTEX_WAIT_BITSET | 1 << FUTEX_LOCK_PI | 1 << FUTEX_LOCK_PI2,
    /* Those of TIMED whose clock can be chosen. */
    TWO_CLOCKS = 1 << FUTEX_WAIT_BITSET | 1 << FUTEX_LOCK_PI2,
};

/* When a wait ends; *error tells what is wrong with the time. */
static uint64_t deadline_of(const struct timespec *timeout, unsigned command, bool real,
                            long *error)
{
    *error = 0;
    if (zeroos_outside(timeout, sizeof *timeout))
        *error = -EFAULT;
    else if (!zeroos_valid_time(timeout))
        *error = -EINVAL;
    else if (command == FUTEX_WAIT)
        return zeroos_deadline_in(timeout);
    else
        return zeroos_deadline_at(timeout, real || command == FUTEX_LOCK_PI);
    return 0;
}

static long check(const int *futex)
{
    if ((uintptr_t)futex % sizeof *futex)
        return -EINVAL;
    return zeroos_outside(futex, sizeof *futex) ? -EFAULT : 0;
}

static __attribute__((noinline)) long wait(const volatile int *futex, int value, uint64_t deadline,
                                           uint32_t bits, uintptr_t site)
{
    for (;;) {
        if (*futex != value)
            return -EAGAIN;
        int result = zeroos_futex_wait(futex, bits, deadline, site);
        unsigned handled = zeroos_thread->handled;
        bool again = zeroos_take_signals();
        if (result != -EINTR)
            return result;
        if (zeroos_thread->handled != handled && (!again || deadline != ZEROOS_NEVER))
            return -EINTR;
    }
}

static long requeue(int *futex, int wake, int move, int *to, const int *expected)
{
    if (wake < 0 || move < 0)
        return -EINVAL;
    long problem = check(futex);
    if (problem == 0)
        problem = check(to);
    if (problem)
        return problem;
    if (expected && *futex != *expected)
        return -EAGAIN;
    return zeroos_futex_requeue(futex, wake, move, to);
}

static __attribute__((noinline)) long other(int *address, int operation, unsigned value,
                                            const struct timespec *timeout, int *address2,
                                            unsigned value3, uintptr_t site)
{
    unsigned command = (unsigned)operation & ~(unsigned)MODIFIERS;
    bool real = operation & FUTEX_CLOCK_REALTIME;
    uint64_t deadline = ZEROOS_NEVER;
    int value2 = (int)(long)timeout; /* of commands without a timeout */
    long problem;
    if (command > FUTEX_LOCK_PI2)
        return -ENOSYS;
    if (timeout && 1 << command & TIMED) {
        deadline = deadline_of(timeout, command, real, &problem);
        if (problem)
            return problem;
    }
    if (real && !(1 << command & TWO_CLOCKS))
        return -ENOSYS;
    switch (command) {
    case FUTEX_WAIT:
        value3 = ~0u;
        /* fall through */
    case FUTEX_WAIT_BITSET:
        problem = value3 ? check(address) : -EINVAL;
        return problem ? problem : wait(address, (int)value, deadline, value3, site);
    case FUTEX_WAKE_BITSET:
        problem = value3 ? check(address) : -EINVAL;
        return problem ? problem : zeroos_futex_wake(address, (int)value, value3);
    case FUTEX_REQUEUE:
        return requeue(address, (int)value, value2, address2, NULL);
    case FUTEX_CMP_REQUEUE:
        return requeue(address, (int)value, value2, address2, (const int *)&value3);
    case FUTEX_WAKE_OP:
        problem = check(address);
        if (problem == 0)
            problem = check(address2);
        if (problem)
            return problem;
        return zeroos_futex_op(address, (int)value, address2, value2, value3);
    case FUTEX_LOCK_PI:
    case FUTEX_LOCK_PI2:
    case FUTEX_TRYLOCK_PI:
        problem = check(address);
        if (problem)
            return problem;
        return zeroos_lock_pi(address, command != FUTEX_TRYLOCK_PI, deadline, site);
    case FUTEX_UNLOCK_PI:
        problem = check(address);
        return problem ? problem : zeroos_unlock_pi(address);
    }
    return -ENOSYS;
}

long sys_futex(int *address, int operation, unsigned int value, const struct timespec *timeout,
               int *address2, unsigned int value3)
{
    int command = operation & ~FUTEX_PRIVATE_FLAG;
    /* What nearly all calls ask for. */
    if (command == FUTEX_WAKE || (command == FUTEX_WAIT && !timeout)) {
        long problem = check(address);
        if (problem)
            return problem;
        if (command == FUTEX_WAKE)
            return zeroos_futex_wake(address, (int)value, ~0u);
        return wait(address, (int)value, ZEROOS_NEVER, ~0u, ZEROOS_SITE);
    }
    return other(address, operation, value, timeout, address2, value3, ZEROOS_SITE);
}
