/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A hash table with at least as many slots as there are threads. */
#include <zeroos/memory.h>
#include <zeroos/threads.h>

#define FIRST_BITS 3

static struct zeroos_slot first_slots[1 << FIRST_BITS] = {[1] = {.threads = &zeroos_first_thread}};
struct zeroos_table zeroos_table = {first_slots, FIRST_BITS, 1};

unsigned zeroos_thread_total(void)
{
    return zeroos_table.threads;
}

static struct zeroos_slot *slot_of_tid(int tid)
{
    return &zeroos_table.slots[(unsigned)tid & ((1u << zeroos_table.bits) - 1)];
}

static void put(struct zeroos_thread *thread)
{
    struct zeroos_slot *slot = slot_of_tid(thread->tid);
    thread->same_slot = slot->threads;
    slot->threads = thread;
}

static size_t bytes(unsigned size_bits)
{
    return zeroos_page_up(sizeof(struct zeroos_slot) << size_bits);
}

bool zeroos_grow_table(void)
{
    struct zeroos_table old = zeroos_table;
    unsigned bits = old.bits == FIRST_BITS ? 7 : old.bits + 1; /* 128 slots fit a page */
    long fresh = zeroos_pages_take(bytes(bits), 0);
    if (fresh == -ENOMEM)
        return false;
    zeroos_table.slots = (struct zeroos_slot *)fresh;
    zeroos_table.bits = bits;
    for (struct zeroos_slot *slot = old.slots; slot < old.slots + (1u << old.bits); slot++) {
        struct zeroos_thread *next;
        for (struct zeroos_thread *thread = slot->threads; thread; thread = next) {
            next = thread->same_slot;
            put(thread);
        }
        for (struct zeroos_thread *thread = slot->first; thread; thread = next) {
            next = thread->next;
            zeroos_join_futex(thread);
        }
    }
    if (old.slots != first_slots)
        (void)zeroos_pages_give((uintptr_t)old.slots, bytes(old.bits));
    return true;
}

void zeroos_add_thread(struct zeroos_thread *thread)
{
    ZEROOS_DESCRIBE_THREADS();
    put(thread);
    zeroos_table.threads++;
}

void zeroos_drop_thread(const struct zeroos_thread *thread)
{
    struct zeroos_thread **place = &slot_of_tid(thread->tid)->threads;
    while (*place != thread)
        place = &(*place)->same_slot;
    *place = thread->same_slot;
    zeroos_table.threads--;
}

struct zeroos_thread *zeroos_find_thread(int tid)
{
    struct zeroos_thread *thread = slot_of_tid(tid)->threads;
    while (thread && thread->tid != tid)
        thread = thread->same_slot;
    return thread;
}

struct zeroos_thread *zeroos_next_thread(const struct zeroos_thread *thread)
{
    const struct zeroos_slot *slot = zeroos_table.slots, *end = slot + (1u << zeroos_table.bits);
    if (thread) {
        if (thread->same_slot)
            return thread->same_slot;
        slot = slot_of_tid(thread->tid) + 1;
    }
    while (slot < end && !slot->threads)
        slot++;
    return slot < end ? slot->threads : NULL;
}
