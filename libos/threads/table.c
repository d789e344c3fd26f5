/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A hash table with at least as many slots as there are threads. */
#include <zeroos/memory.h>
#include <zeroos/threads.h>

#define FIRST_BITS 3

static struct zeroos_slot first_slots[1 << FIRST_BITS] = {[1] = {.threads = &zeroos_first_thread}};
static struct zeroos_slot *slots = first_slots;
static unsigned bits = FIRST_BITS;
static unsigned total = 1;

unsigned zeroos_thread_total(void)
{
    return total;
}

struct zeroos_slot *zeroos_slot_of(const volatile int *futex)
{
    uint32_t hash = (uint32_t)((uintptr_t)futex / sizeof *futex) * 2654435769u; /* 2^32 / phi */
    return &slots[hash >> (32 - bits)];
}

static struct zeroos_slot *slot_of_tid(int tid)
{
    return &slots[(unsigned)tid & ((1u << bits) - 1)];
}

static void put(struct zeroos_thread *thread)
{
    struct zeroos_slot *slot = slot_of_tid(thread->tid);
    thread->same_slot = slot->threads;
    slot->threads = thread;
}

static size_t bytes(unsigned size_bits)
{
    return zeroos_page_up(sizeof *slots << size_bits);
}

bool zeroos_reserve_slot(void)
{
    if (total < 1u << bits)
        return true;
    unsigned new_bits = bits == FIRST_BITS ? 7 : bits + 1; /* 128 slots fit a page */
    uintptr_t fresh = zeroos_pages_take(bytes(new_bits), 0);
    if (!fresh)
        return false;
    struct zeroos_slot *old = slots, *end = old + (1u << bits);
    unsigned old_bits = bits;
    slots = (struct zeroos_slot *)fresh;
    bits = new_bits;
    for (struct zeroos_slot *slot = old; slot < end; slot++) {
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
    if (old != first_slots)
        (void)zeroos_pages_give((uintptr_t)old, bytes(old_bits));
    return true;
}

void zeroos_add_thread(struct zeroos_thread *thread)
{
    put(thread);
    total++;
}

void zeroos_drop_thread(const struct zeroos_thread *thread)
{
    struct zeroos_thread **place = &slot_of_tid(thread->tid)->threads;
    while (*place != thread)
        place = &(*place)->same_slot;
    *place = thread->same_slot;
    total--;
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
    const struct zeroos_slot *slot = slots, *end = slots + (1u << bits);
    if (thread) {
        if (thread->same_slot)
            return thread->same_slot;
        slot = slot_of_tid(thread->tid) + 1;
    }
    while (slot < end && !slot->threads)
        slot++;
    return slot < end ? slot->threads : NULL;
}
