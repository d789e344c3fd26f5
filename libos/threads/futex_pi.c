/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Futexes with an owner: the word holds the owner's number, and FUTEX_WAITERS if others wait.
 * Whoever unlocks hands over to the one that has waited longest. There are no priorities to
 * inherit. In the queue these waiters are those without bits.
 */
#include <zeroos/threads.h>

/* As in Linux (kernel/locking/rtmutex.c, max_lock_depth). */
#define LONGEST_CHAIN 1024

int zeroos_pi_waiters;

/* Whether waiting for this thread would be waiting for oneself. */
static bool deadlocks(const struct zeroos_thread *owner)
{
    for (int i = 0; i < LONGEST_CHAIN; i++) {
        if (!owner)
            return false;
        if (owner == zeroos_thread)
            return true;
        if (!owner->waiting || !owner->futex || owner->bits)
            return false;
        owner = zeroos_find_thread((int)((uint32_t)*owner->futex & FUTEX_TID_MASK));
    }
    return true;
}

static void hand_over(int *futex, const struct zeroos_thread *next, uint32_t marks)
{
    *futex = (int)(FUTEX_WAITERS | marks | (uint32_t)next->tid);
    zeroos_futex_wake(futex, 1, 0);
}

long zeroos_lock_pi(int *futex, bool wait, uint64_t deadline, uintptr_t site)
{
    for (;;) {
        uint32_t value = (uint32_t)*futex;
        const struct zeroos_thread *first = zeroos_futex_first(futex);
        if ((value & FUTEX_TID_MASK) == (uint32_t)zeroos_tid)
            return -EDEADLK;
        if (first && first->bits)
            return -EINVAL;
        if ((value & FUTEX_TID_MASK) == 0) {
            if (first)
                return -EINVAL; /* somebody else cleared what they wait for */
            *futex = (int)((value & FUTEX_OWNER_DIED) | (uint32_t)zeroos_tid);
            return 0;
        }
        const struct zeroos_thread *owner = zeroos_find_thread((int)(value & FUTEX_TID_MASK));
        if (!owner)
            return -ESRCH;
        *futex = (int)(value | FUTEX_WAITERS);
        if (!wait)
            return -EAGAIN;
        if (deadlocks(owner))
            return -EDEADLK;
        zeroos_pi_waiters++;
        int result = zeroos_futex_wait(futex, 0, deadline, site);
        zeroos_pi_waiters--;
        (void)zeroos_take_signals();
        if (result != -EINTR)
            return result;
    }
}

long zeroos_unlock_pi(int *futex)
{
    const struct zeroos_thread *first = zeroos_futex_first(futex);
    if (((uint32_t)*futex & FUTEX_TID_MASK) != (uint32_t)zeroos_tid)
        return -EPERM;
    if (first && first->bits)
        return -EINVAL;
    if (first)
        hand_over(futex, first, 0);
    else
        *futex = 0;
    return 0;
}

void zeroos_release_pi(const struct zeroos_thread *owner)
{
    for (struct zeroos_thread *t = zeroos_next_thread(NULL); t; t = zeroos_next_thread(t)) {
        if (!t->waiting || !t->futex || t->bits)
            continue;
        int *futex = (int *)(uintptr_t)t->futex;
        if (((uint32_t)*futex & FUTEX_TID_MASK) == (uint32_t)owner->tid)
            hand_over(futex, zeroos_futex_first(futex), FUTEX_OWNER_DIED);
    }
}
