/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * First fit: the free runs of pages in a treap by address, so that every operation takes
 * logarithmic time. Neighbours are merged. The nodes lie outside of the pages, since nothing may
 * be written into free ones: a thread that frees its own stack still stands on it.
 *
 * Reuse costs an instruction for every word, since pages are zeroed; fresh memory costs nothing.
 * So long runs, which are stacks and large blocks that are seldom filled, are taken from fresh
 * memory as long as half of the heap is fresh.
 *
 * A node's priority is a hash of its own address; `most` is the largest run of its subtree.
 */
#include <zeroos/memory.h>

/* From this size on fresh memory is preferred. */
#define LONG ((size_t)16 * 1024)

struct run {
    struct run *child[2], *parent;
    uintptr_t start;
    size_t size, most;
};

static struct run *root;
/* The first nodes need no memory that may be used up when it is time to give some back. */
static struct run first_nodes[8];
static struct zeroos_pool pool = {
    .size = sizeof(struct run),
    .next = (char *)first_nodes,
    .end = (char *)(first_nodes + 8),
};

static uint32_t priority(const struct run *run)
{
    return (uint32_t)((uintptr_t)run / sizeof *run) * 2654435769u; /* 2^32 / golden ratio */
}

static size_t most_of(const struct run *run)
{
    return run ? run->most : 0;
}

static void measure(struct run *run)
{
    size_t most = run->size, left = most_of(run->child[0]), right = most_of(run->child[1]);
    if (left > most)
        most = left;
    run->most = right > most ? right : most;
}

static void measure_up(struct run *run)
{
    for (; run; run = run->parent)
        measure(run);
}

/* Puts `run` into the place of `old` below the latter's parent. */
static void replace(struct run *old, struct run *run)
{
    struct run *parent = old->parent;
    if (parent)
        parent->child[parent->child[1] == old] = run;
    else
        root = run;
    if (run)
        run->parent = parent;
}

/* Lifts `run` above its parent; the order by address stays. */
static void rotate(struct run *run)
{
    struct run *parent = run->parent;
    int side = parent->child[1] == run;
    struct run *inner = run->child[!side];
    replace(parent, run);
    run->child[!side] = parent;
    parent->parent = run;
    parent->child[side] = inner;
    if (inner)
        inner->parent = parent;
    measure(parent);
    measure(run);
}

static void insert(struct run *run, uintptr_t start, size_t size)
{
    struct run *parent = NULL, **place = &root;
    while (*place) {
        parent = *place;
        place = &parent->child[start > parent->start];
    }
    *run = (struct run){{NULL, NULL}, parent, start, size, size};
    *place = run;
    while (run->parent && priority(run->parent) < priority(run))
        rotate(run);
    measure_up(run->parent);
}

static void drop(struct run *run)
{
    while (run->child[0] && run->child[1])
        rotate(run->child[priority(run->child[1]) > priority(run->child[0])]);
    replace(run, run->child[run->child[0] == NULL]);
    measure_up(run->parent);
    zeroos_pool_give(&pool, run);
}

/* The first run that ends behind `address`, or at it if `touching`. */
static struct run *first_behind(uintptr_t address, bool touching)
{
    struct run *found = NULL, *run = root;
    while (run) {
        uintptr_t end = run->start + run->size;
        if (end > address || (touching && end == address)) {
            found = run;
            run = run->child[0];
        } else {
            run = run->child[1];
        }
    }
    return found;
}

static struct run *next(struct run *run)
{
    if (run->child[1]) {
        for (run = run->child[1]; run->child[0]; run = run->child[0])
            ;
        return run;
    }
    while (run->parent && run->parent->child[1] == run)
        run = run->parent;
    return run->parent;
}

/* Changes a run without moving it past another one. */
static void resize(struct run *run, uintptr_t start, uintptr_t end)
{
    run->start = start;
    run->size = end - start;
    measure_up(run);
}

static bool prefer_fresh(size_t size)
{
    const struct zeroos_heap *heap = &zeroos_heap;
    size_t fresh = heap->low - heap->high;
    return size >= LONG && fresh > size && fresh - size >= (heap->end - heap->high) / 2;
}

/* Fresh memory, and the lowest run if they meet and neither is enough. */
static long take_fresh(size_t size, size_t skip)
{
    struct zeroos_heap *heap = &zeroos_heap;
    uintptr_t start = (uintptr_t)zeroos_fresh(size);
    if (start)
        return (long)start;
    struct run *run = first_behind(heap->low, false);
    if (!run || run->start != heap->low || size - run->size > heap->low - heap->high)
        return -ENOMEM;
    uintptr_t used = run->start, end = used + run->size;
    drop(run);
    heap->low = start = end - size;
    if (start + skip > used)
        used = start + skip;
    memset((void *)used, 0, end - used);
    return (long)start;
}

static __attribute__((noinline)) long take_run(struct run *run, size_t size, size_t skip)
{
    if (run->most < size || prefer_fresh(size))
        return take_fresh(size, skip);
    for (;;) {
        if (most_of(run->child[0]) >= size)
            run = run->child[0];
        else if (run->size >= size)
            break;
        else
            run = run->child[1];
    }
    uintptr_t start = run->start;
    if (run->size == size)
        drop(run);
    else
        resize(run, start + size, start + run->size);
    memset((void *)(start + skip), 0, size - skip);
    return (long)start;
}

long zeroos_pages_take(size_t size, size_t skip)
{
    struct zeroos_heap *heap = &zeroos_heap;
    if (root)
        return take_run(root, size, skip);
    if (size > heap->low - heap->high)
        return -ENOMEM;
    return (long)(heap->low -= size);
}

bool zeroos_pages_give(uintptr_t start, size_t size)
{
    uintptr_t end = start + size;
    struct run *run = first_behind(start, true), *kept = NULL;
    while (run && run->start <= end) {
        struct run *after = next(run);
        if (run->start < start)
            start = run->start;
        if (run->start + run->size > end)
            end = run->start + run->size;
        if (kept)
            drop(run);
        else
            kept = run;
        run = after;
    }
    if (kept) {
        resize(kept, start, end);
        return true;
    }
    run = zeroos_pool_take(&pool);
    if (!run) {
        /* Memory is out: one of the pages keeps the books, but not one that somebody stands on. */
        uintptr_t here = (uintptr_t)__builtin_frame_address(0) / PAGE_SIZE * PAGE_SIZE;
        uintptr_t page = end - PAGE_SIZE;
        if (page == here)
            page = start;
        if (page == here)
            return false;
        pool.next = (char *)page;
        pool.end = pool.next + PAGE_SIZE / pool.size * pool.size;
        if (page == start)
            start += PAGE_SIZE;
        else
            end -= PAGE_SIZE;
        run = zeroos_pool_take(&pool);
    }
    if (start < end)
        insert(run, start, end - start);
    else
        zeroos_pool_give(&pool, run);
    return true;
}

bool zeroos_pages_claim(uintptr_t start, size_t size)
{
    uintptr_t end = start + size;
    struct run *run = first_behind(start, false);
    if (!run || run->start >= end)
        return true;
    uintptr_t low = run->start, high = run->start + run->size;
    if (low < start && high > end) {
        struct run *rest = zeroos_pool_take(&pool);
        if (!rest)
            return false;
        resize(run, low, start);
        insert(rest, end, high - end);
        return true;
    }
    if (low < start) {
        struct run *after = next(run);
        resize(run, low, start);
        run = after;
    }
    while (run && run->start < end) {
        struct run *after = next(run);
        high = run->start + run->size;
        if (high > end)
            resize(run, end, high);
        else
            drop(run);
        run = after;
    }
    return true;
}

size_t zeroos_pages_free(uintptr_t start, size_t size)
{
    uintptr_t end = start + size;
    size_t total = 0;
    for (struct run *run = first_behind(start, false); run && run->start < end; run = next(run)) {
        uintptr_t low = run->start > start ? run->start : start;
        uintptr_t high = run->start + run->size < end ? run->start + run->size : end;
        total += high - low;
    }
    return total;
}
