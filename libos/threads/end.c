/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The end of a thread. Its stack may be free already (musl unmaps the stack of a detached thread
 * and calls exit on it): that is sound, because nothing is handed out between here and the switch
 * to another thread, and the record of the thread does not lie on it.
 */
#include <zeroos/memory.h>
#include <zeroos/threads.h>

/* As in Linux: an endless list ends. */
#define ROBUST_LIMIT 2048

struct zeroos_pool zeroos_thread_pool = {.size = (sizeof(struct zeroos_thread) + 15) / 16 * 16};

void zeroos_set_clear_tid(int *address)
{
    zeroos_thread->clear_tid = address;
}

void zeroos_set_robust_list(struct robust_list_head *head)
{
    zeroos_thread->robust = head;
}

struct robust_list_head *zeroos_get_robust_list(const struct zeroos_thread *thread)
{
    return thread->robust;
}

/* An entry of the list: its lowest bit marks futexes that are handed over from owner to owner. */
#define OWNED 1ul

/* Marks a lock that the thread still holds, so that the next owner knows; false: no such list. */
static bool release(uintptr_t entry, long offset, bool pending)
{
    int *futex = (int *)((entry & ~OWNED) + (unsigned long)offset);
    if ((uintptr_t)futex % sizeof *futex || zeroos_outside(futex, sizeof *futex))
        return false;
    uint32_t value = (uint32_t)*futex;
    if ((value & FUTEX_TID_MASK) == (uint32_t)zeroos_tid)
        *futex = (int)((value & FUTEX_WAITERS) | FUTEX_OWNER_DIED);
    else if (!pending || value)
        return true;
    /* A pending unlock may have stored 0 and not have woken anybody yet. */
    if (!(entry & OWNED) && (value & FUTEX_WAITERS || !value))
        zeroos_futex_wake(futex, 1, ~0u);
    return true;
}

static void release_all(const struct robust_list_head *head)
{
    if (!head || zeroos_outside(head, sizeof *head))
        return;
    uintptr_t entry = (uintptr_t)head->list.next, pending = (uintptr_t)head->pending;
    for (int i = 0; i < ROBUST_LIMIT && (entry & ~OWNED) != (uintptr_t)head; i++) {
        const struct robust_list *plain = (const void *)(entry & ~OWNED);
        if ((uintptr_t)plain % sizeof(long) || zeroos_outside(plain, sizeof *plain))
            return;
        uintptr_t next = (uintptr_t)plain->next;
        if ((entry & ~OWNED) != (pending & ~OWNED) && !release(entry, head->futex_offset, false))
            return;
        entry = next;
    }
    if (pending)
        (void)release(pending, head->futex_offset, true);
}

_Noreturn void zeroos_end_thread(int status)
{
    struct zeroos_thread *self = zeroos_thread;
    if (zeroos_is_overrun(self))
        zeroos_overrun(self);
    if (zeroos_pi_waiters)
        zeroos_release_pi(self);
    release_all(self->robust);
    if (zeroos_thread_total() == 1)
        zeroos_exit(status);
    int *clear = self->clear_tid;
    if (clear && !zeroos_outside(clear, sizeof *clear)) {
        *clear = 0;
        zeroos_futex_wake(clear, 1, ~0u);
    }
    zeroos_drop_thread(self);
    if (self->queue)
        zeroos_drop_signals(self);
    if (self != &zeroos_first_thread)
        zeroos_pool_give(&zeroos_thread_pool, self);
    zeroos_run_next();
}
