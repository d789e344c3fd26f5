/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Threads that wait at futexes, first in, first out; a slot's queue holds those of several. */
#include <zeroos/threads.h>

static void append(struct zeroos_slot *slot, struct zeroos_thread *thread)
{
    thread->next = NULL;
    thread->previous = slot->last;
    if (slot->last)
        slot->last->next = thread;
    else
        slot->first = thread;
    slot->last = thread;
}

static void leave(struct zeroos_slot *slot, struct zeroos_thread *thread)
{
    struct zeroos_thread *next = thread->next, *previous = thread->previous;
    if (next)
        next->previous = previous;
    else
        slot->last = previous;
    if (previous)
        previous->next = next;
    else
        slot->first = next;
}

void zeroos_join_futex(struct zeroos_thread *thread)
{
    append(zeroos_slot_of(thread->futex), thread);
}

void zeroos_leave_futex(struct zeroos_thread *thread)
{
    leave(zeroos_slot_of(thread->futex), thread);
}

int zeroos_futex_wait(const volatile int *futex, uint32_t bits, uint64_t deadline, uintptr_t site)
{
    struct zeroos_thread *self = zeroos_thread;
    self->futex = futex;
    self->bits = bits;
    zeroos_join_futex(self);
    return zeroos_block(deadline, site);
}

int zeroos_futex_wake(const volatile int *futex, int most, uint32_t bits)
{
    int woken = 0;
    struct zeroos_thread *next, *thread = zeroos_slot_of(futex)->first;
    for (; thread; thread = next) {
        next = thread->next;
        if (thread->futex != futex)
            continue;
        if (!(thread->bits & bits)) {
            if (!thread->bits != !bits)
                return -EINVAL;
            if (bits)
                continue;
        }
        zeroos_wake(thread, 0);
        if (++woken >= most)
            break;
    }
    return woken;
}

struct zeroos_thread *zeroos_futex_first(const volatile int *futex)
{
    struct zeroos_thread *thread = zeroos_slot_of(futex)->first;
    while (thread && thread->futex != futex)
        thread = thread->next;
    return thread;
}

int zeroos_futex_requeue(const volatile int *futex, int wake, int move, const volatile int *to)
{
    int count = 0;
    struct zeroos_slot *from = zeroos_slot_of(futex);
    /* Those that are moved may come to stand behind the last of now. */
    struct zeroos_thread *next, *last = from->last, *thread = from->first;
    for (; thread; thread = next) {
        next = thread == last ? NULL : thread->next;
        if (thread->futex != futex)
            continue;
        if (count - wake >= move)
            break;
        if (!thread->bits)
            return -EINVAL;
        if (++count <= wake) {
            zeroos_wake(thread, 0);
        } else if (futex != to) {
            leave(from, thread);
            thread->futex = to;
            zeroos_join_futex(thread);
        }
    }
    return count;
}
