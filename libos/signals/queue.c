/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Signals that wait. As in Linux (kernel/signal.c), a standard signal waits once at most, real-time
 * signals wait each with its record, and of one number the oldest is taken first.
 */
#include <zeroos/memory.h>
#include <zeroos/signals.h>

struct zeroos_queued *zeroos_shared_queue;

static struct zeroos_pool pool = {.size = (sizeof(struct zeroos_queued) + 15) / 16 * 16};

/* Those that a fault sends come before the others. */
#define SYNCHRONOUS                                                                                \
    ((uint64_t)1 << (SIGSEGV - 1) | (uint64_t)1 << (SIGBUS - 1) | (uint64_t)1 << (SIGILL - 1) |    \
     (uint64_t)1 << (SIGTRAP - 1) | (uint64_t)1 << (SIGFPE - 1) | (uint64_t)1 << (SIGSYS - 1))

static uint64_t *set_of(struct zeroos_thread *thread)
{
    return thread ? &thread->pending : &zeroos_shared_pending;
}

static struct zeroos_queued **queue_of(struct zeroos_thread *thread)
{
    return thread ? &thread->queue : &zeroos_shared_queue;
}

bool zeroos_queue(struct zeroos_thread *thread, const struct siginfo *info)
{
    uint64_t *set = set_of(thread), bit = zeroos_signal_bit(info->signal);
    struct zeroos_queued **last = queue_of(thread);
    if (info->signal < SIGRTMIN && *set & bit)
        return true;
    struct zeroos_queued *record = zeroos_pool_take(&pool);
    if (record) {
        record->info = *info;
        record->next = *last ? (*last)->next : record;
        if (*last)
            (*last)->next = record;
        *last = record;
    } else if (info->signal >= SIGRTMIN && info->code != SI_USER) {
        return false;
    }
    *set |= bit;
    return true;
}

/* Takes the oldest record of a signal off a ring; *more: there is another one. */
static struct zeroos_queued *unlink(struct zeroos_queued **last, int signal, bool *more)
{
    struct zeroos_queued *found = NULL, *before = *last;
    *more = false;
    for (struct zeroos_queued *end = before; end;) {
        struct zeroos_queued *record = before->next;
        bool at_end = record == end;
        if (record->info.signal != signal) {
            before = record;
        } else if (found) {
            *more = true;
            break;
        } else {
            found = record;
            before->next = record->next;
            if (at_end)
                *last = before == record ? NULL : before;
        }
        if (at_end)
            break;
    }
    return found;
}

void zeroos_give_record(struct zeroos_queued *record)
{
    if (record)
        zeroos_pool_give(&pool, record);
}

static int take_from(struct zeroos_thread *thread, uint64_t wanted, struct zeroos_queued **record)
{
    uint64_t *set = set_of(thread), found = *set & wanted;
    bool more;
    if (found & SYNCHRONOUS)
        found &= SYNCHRONOUS;
    if (!found)
        return 0;
    int signal = 1;
    for (; !(found & 1); found >>= 1)
        signal++;
    *record = unlink(queue_of(thread), signal, &more);
    if (!more)
        *set &= ~zeroos_signal_bit(signal);
    return signal;
}

int zeroos_dequeue(uint64_t set, struct zeroos_queued **record)
{
    int signal = take_from(zeroos_thread, set, record);
    return signal ? signal : take_from(NULL, set, record);
}

void zeroos_forget(struct zeroos_thread *thread, uint64_t set)
{
    struct zeroos_queued *record;
    while (take_from(thread, set, &record))
        zeroos_give_record(record);
}

void zeroos_forget_all(uint64_t set)
{
    zeroos_forget(NULL, set);
    for (struct zeroos_thread *t = zeroos_next_thread(NULL); t; t = zeroos_next_thread(t))
        zeroos_forget(t, set);
}

void zeroos_drop_signals(struct zeroos_thread *thread)
{
    zeroos_forget(thread, ~(uint64_t)0);
}
