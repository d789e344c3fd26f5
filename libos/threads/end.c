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

/* Marks a lock that the thread still holds, so that the next owner knows. */
static void release(uintptr_t entry, long offset)
{
    int *futex = (int *)((entry & ~(uintptr_t)1) + (unsigned long)offset);
    if ((uintptr_t)futex % sizeof *futex || zeroos_outside(futex, sizeof *futex))
        return;
    uint32_t value = (uint32_t)*futex;
    if ((value & FUTEX_TID_MASK) != (uint32_t)zeroos_tid)
        return;
    *futex = (int)((value & FUTEX_WAITERS) | FUTEX_OWNER_DIED);
    if (value & FUTEX_WAITERS)
        zeroos_futex_wake(futex, 1, ~0u);
}

static void release_all(const struct robust_list_head *head)
{
    if (!head || zeroos_outside(head, sizeof *head))
        return;
    const struct robust_list *entry = head->list.next, *pending = head->pending;
    for (int i = 0; i < ROBUST_LIMIT && entry != &head->list; i++) {
        const struct robust_list *plain = (const void *)((uintptr_t)entry & ~(uintptr_t)1);
        if (zeroos_outside(plain, sizeof *plain))
            break;
        const struct robust_list *next = plain->next;
        if (entry != pending)
            release((uintptr_t)entry, head->futex_offset);
        entry = next;
    }
    if (pending)
        release((uintptr_t)pending, head->futex_offset);
}

_Noreturn void zeroos_end_thread(int status)
{
    struct zeroos_thread *self = zeroos_thread;
    if (zeroos_is_overrun(self))
        zeroos_overrun(self);
    release_all(self->robust);
    if (zeroos_thread_total() == 1)
        zeroos_exit(status);
    int *clear = self->clear_tid;
    if (clear && !zeroos_outside(clear, sizeof *clear)) {
        *clear = 0;
        zeroos_futex_wake(clear, 1, ~0u);
    }
    zeroos_drop_thread(self);
    if (self != &zeroos_first_thread)
        zeroos_pool_give(&zeroos_thread_pool, self);
    zeroos_run_next();
}
