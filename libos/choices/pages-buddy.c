/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Buddies: free memory in blocks of a power of two pages, each aligned to its size as seen from
 * the start of the heap. A block and the one it was split from, its buddy, are joined when both
 * are free. Every operation takes a step for each order, and giving back looks at every page.
 *
 * A request takes the smallest block that is large enough, and what it leaves of it is free again.
 * The books lie outside of the pages, since nothing may be written into free ones: a thread that
 * frees its own stack still stands on it. They are fresh memory, so what is not used costs nothing.
 */
#include <zeroos/memory.h>

enum { ORDERS = 8 * sizeof(size_t) - 12 };

/* Of every page of the heap. A free block is known by its first page. */
struct page {
    uint32_t next, previous; /* in the list of its order; page numbers + 1, 0 ends it */
};
/* Together, so that one address leads to all of it. */
static struct {
    struct page *pages;
    unsigned char *orders;  /* of a free block, + 1 */
    size_t filled;          /* bit n: list n is not empty */
    size_t count;           /* of pages */
    uint32_t lists[ORDERS]; /* first pages + 1 */
} books;

static size_t number_of(uintptr_t address)
{
    return (address - zeroos_heap.start) / PAGE_SIZE;
}

static uintptr_t address_of(size_t page)
{
    return zeroos_heap.start + page * PAGE_SIZE;
}

/* Makes the books, as long as there is memory for them. */
static __attribute__((noinline)) bool make_books(void)
{
    size_t count = number_of(zeroos_heap.end);
    char *memory = zeroos_fresh(count * (sizeof *books.pages + 1));
    if (!memory)
        return false;
    books.pages = (struct page *)(void *)memory;
    books.orders = (unsigned char *)(books.pages + count);
    books.count = count;
    return true;
}

static void push(size_t page, int order)
{
    uint32_t first = books.lists[order];
    books.pages[page] = (struct page){first, 0};
    if (first)
        books.pages[first - 1].previous = (uint32_t)page + 1;
    books.lists[order] = (uint32_t)page + 1;
    books.orders[page] = (unsigned char)(order + 1);
    books.filled |= (size_t)1 << order;
}

static void drop(size_t page)
{
    int order = books.orders[page] - 1;
    struct page links = books.pages[page];
    if (links.next)
        books.pages[links.next - 1].previous = links.previous;
    if (links.previous)
        books.pages[links.previous - 1].next = links.next;
    else
        books.lists[order] = links.next;
    if (!books.lists[order])
        books.filled &= ~((size_t)1 << order);
    books.orders[page] = 0;
}

/* A free block. */
struct span {
    size_t block, after;
};

/* The first free block that has pages of a range; false: there is none. */
static bool find(size_t page, size_t end, struct span *span)
{
    size_t block = end;
    for (int order = 0; order < ORDERS && (size_t)1 << order <= books.count; order++)
        if (books.orders[page >> order << order] == order + 1)
            block = page >> order << order;
    if (block == end)
        for (block = page; block < end && !books.orders[block];)
            block++;
    if (block >= end)
        return false;
    *span = (struct span){block, block + ((size_t)1 << (books.orders[block] - 1))};
    return true;
}

/* Frees a block and joins it with its buddies. */
static void join(size_t page, int order)
{
    for (; order < ORDERS - 1; order++) {
        size_t buddy = page ^ (size_t)1 << order;
        if (buddy >= books.count || books.orders[buddy] != order + 1)
            break;
        drop(buddy);
        page &= ~((size_t)1 << order);
    }
    push(page, order);
}

/* Frees pages that are not, in the largest blocks that they make. */
static __attribute__((noinline)) void add(size_t page, size_t end)
{
    while (page < end) {
        int order = 0;
        while (order < ORDERS - 1 && !(page & (size_t)1 << order) &&
               page + ((size_t)2 << order) <= end)
            order++;
        join(page, order);
        page += (size_t)1 << order;
    }
}

static int order_of(size_t count)
{
    int order = 0;
    while ((size_t)1 << order < count)
        order++;
    return order;
}

/* Fresh memory, aligned as the block that it will be when it is free, if there is enough. */
static __attribute__((noinline)) long take_fresh(size_t size, int order)
{
    struct zeroos_heap *heap = &zeroos_heap;
    uintptr_t low = heap->low;
    if (size > low - heap->high)
        return -ENOMEM;
    size_t page = number_of(low - size) >> order << order;
    uintptr_t start = address_of(page);
    if (start < heap->high)
        start = low - size;
    heap->low = start;
    add(number_of(start + size), number_of(low));
    return (long)start;
}

static __attribute__((noinline)) long take_first(size_t size, size_t skip)
{
    return make_books() ? zeroos_pages_take(size, skip) : -ENOMEM;
}

long zeroos_pages_take(size_t size, size_t skip)
{
    if (!books.pages)
        return take_first(size, skip);
    size_t count = size / PAGE_SIZE;
    int order = order_of(count);
    size_t fitting = books.filled & -((size_t)1 << order);
    if (!fitting)
        return take_fresh(size, order);
    size_t page = books.lists[__builtin_ctzl(fitting)] - 1;
    size_t after = page + ((size_t)1 << (books.orders[page] - 1));
    uintptr_t start = address_of(page);
    drop(page);
    add(page + count, after);
    memset((void *)(start + skip), 0, size - skip);
    return (long)start;
}

bool zeroos_pages_give(uintptr_t start, size_t size)
{
    struct span span;
    if (!books.pages && !make_books())
        return false;
    size_t page = number_of(start), end = page + size / PAGE_SIZE, low = page, high = end;
    for (; page < end && find(page, end, &span); page = span.after) {
        drop(span.block);
        if (span.block < low)
            low = span.block;
        if (span.after > high)
            high = span.after;
    }
    add(low, high);
    return true;
}

bool zeroos_pages_claim(uintptr_t start, size_t size)
{
    struct span span;
    size_t page = number_of(start), end = page + size / PAGE_SIZE;
    for (; books.pages && page < end && find(page, end, &span); page = span.after) {
        drop(span.block);
        /* Of the first and the last block something may stay free. */
        add(span.block, page);
        add(end, span.after);
    }
    return true;
}

size_t zeroos_pages_free(uintptr_t start, size_t size)
{
    struct span span;
    size_t page = number_of(start), end = page + size / PAGE_SIZE, total = 0;
    for (; books.pages && page < end && find(page, end, &span); page = span.after) {
        size_t first = span.block > page ? span.block : page;
        total += (span.after < end ? span.after : end) - first;
    }
    return total * PAGE_SIZE;
}
