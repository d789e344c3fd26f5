/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The heap, from low to high addresses:
 *
 *   zeroos_heap.start   what brk gave, up to zeroos_heap.brk
 *                       what brk gave once and took back, up to zeroos_heap.high
 *                       fresh memory: nobody ever touched it, so it reads 0
 *   zeroos_heap.low     pages of mmap, taken and free, and the libOS's own
 *   zeroos_heap.end
 *
 * Fresh memory is never zeroed; everything else is zeroed when it is handed out again.
 */
#ifndef ZEROOS_MEMORY_H
#define ZEROOS_MEMORY_H

#include <zeroos/libos.h>

struct zeroos_heap {
    uintptr_t brk;
    uintptr_t high, low, end; /* multiples of PAGE_SIZE */
    /* Code asks this and not the linker's symbol: GNU ld shortens references to symbols near
     * gp, and an aligned one may be far again when the code before both has shrunk. */
    uintptr_t start;
};
extern struct zeroos_heap zeroos_heap;

/* The last mapping that was made without access, and what mprotect opened of it up to its end:
 * so a C library makes a thread's stack with a guard below. */
struct zeroos_guarded {
    uintptr_t start, end, opened;
};
extern struct zeroos_guarded zeroos_guarded;

static inline size_t zeroos_page_up(size_t size)
{
    return (size + PAGE_SIZE - 1) & -(size_t)PAGE_SIZE;
}

static inline bool zeroos_page_aligned(uintptr_t value)
{
    return value % PAGE_SIZE == 0;
}

/* memory/range.c: what an address range of the program consists of. */
bool zeroos_range_in_heap(uintptr_t start, size_t size);
/* Whether every page is handed out. */
bool zeroos_range_mapped(uintptr_t start, size_t size);
/* Whether no page is. */
bool zeroos_range_unmapped(uintptr_t start, size_t size);

/* memory/map_fixed.c: hands out exactly this range of the heap, zeroed. */
bool zeroos_map_at(uintptr_t start, size_t size);

/* What files add to mmap, if the program has any: puts what `fd` holds from `offset` on into `size`
 * bytes of zeroed memory, for a mapping of this protection and these flags. With `pages` NULL it
 * only says whether it could. 0 or an error: EBADF, EACCES, ENODEV. */
long zeroos_file_map(int fd, uint64_t offset, void *pages, size_t size, int prot,
                     int flags) ZEROOS_WEAK;

/* The page allocator (choices/pages-*.c). Ranges lie in [zeroos_heap.low, zeroos_heap.end) and
 * are multiples of PAGE_SIZE. */

/* A run of pages, zeroed but for the first `skip` bytes; -ENOMEM when there is none. */
long zeroos_pages_take(size_t size, size_t skip);
/* Takes back whatever is taken of a range and writes nothing into it; false: out of memory. */
bool zeroos_pages_give(uintptr_t start, size_t size);
/* Takes whatever is free of a range, contents as they are; false: out of memory. */
bool zeroos_pages_claim(uintptr_t start, size_t size);
/* How many bytes of a range are free. */
size_t zeroos_pages_free(uintptr_t start, size_t size);

/* core/pool.c: objects of one size, for the libOS itself. */
struct zeroos_pool {
    size_t size; /* a multiple of 16, at most a page */
    void *free;
    char *next, *end;
};
/* Whatever the object held before is still in it; NULL when memory is out. */
void *zeroos_pool_take(struct zeroos_pool *pool);
void zeroos_pool_give(struct zeroos_pool *pool, void *object);

#endif
