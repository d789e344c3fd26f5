/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * malloc that never frees: an image runs once and ends. Stands before the C library's own in the
 * link. Memory comes from the page allocator, which gives it zeroed, so calloc has nothing to do.
 *
 * A block is 16-aligned; the word below it holds its size. realloc of the last block is in place.
 * The next free byte is always HEADER below a multiple of 16.
 */
#include <zeroos/memory.h>

/* Pages taken at once: few calls, little waste. */
#define CHUNK ((size_t)256 * 1024)
#define HEADER (sizeof(size_t))
#define LARGEST ((size_t)-1 / 2)

void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *block, size_t size);
void free(void *block);
void *aligned_alloc(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size);
int posix_memalign(void **block, size_t alignment, size_t size);
size_t malloc_usable_size(void *block);
int *__errno_location(void);

static uintptr_t next, end;

static size_t *size_of(void *block)
{
    return (size_t *)block - 1;
}

/* What a block takes, header included. */
static size_t whole_of(size_t size)
{
    return (size + HEADER + 15) & ~(size_t)15;
}

static void *out_of_memory(void)
{
    *__errno_location() = ENOMEM;
    return NULL;
}

/* Makes room for `size` bytes. */
static __attribute__((noinline)) bool refill(size_t size)
{
    if (size > LARGEST)
        return false;
    size_t least = zeroos_page_up(size + 16), chunk = least > CHUNK ? least : CHUNK;
    long start = zeroos_pages_take(chunk, 0);
    if (start == -ENOMEM) {
        chunk = least;
        start = zeroos_pages_take(chunk, 0);
        if (start == -ENOMEM)
            return false;
    }
    next = (uintptr_t)start + 16 - HEADER;
    end = (uintptr_t)start + chunk;
    return true;
}

void *malloc(size_t size)
{
    size_t whole = whole_of(size);
    if (whole < size)
        return out_of_memory();
    if (whole > end - next && !refill(whole))
        return out_of_memory();
    size_t *block = (size_t *)(next + HEADER);
    next += whole;
    block[-1] = size;
    return block;
}

void free(void *block)
{
    (void)block;
}

void *calloc(size_t count, size_t size)
{
    size_t whole;
    if (__builtin_mul_overflow(count, size, &whole))
        return out_of_memory();
    return malloc(whole);
}

void *realloc(void *block, size_t size)
{
    if (!block)
        return malloc(size);
    size_t old = *size_of(block);
    /* A shrunk block keeps its size: bytes behind it would not be zero for a later calloc. */
    if (size <= old)
        return block;
    uintptr_t start = (uintptr_t)block - HEADER;
    if (start + whole_of(old) == next && size <= LARGEST && whole_of(size) <= end - start) {
        next = start + whole_of(size);
        *size_of(block) = size;
        return block;
    }
    void *moved = malloc(size);
    if (moved)
        memcpy(moved, block, old);
    return moved;
}

void *memalign(size_t alignment, size_t size)
{
    if (alignment & (alignment - 1)) {
        *__errno_location() = EINVAL;
        return NULL;
    }
    if (alignment <= 16)
        return malloc(size);
    if (size > LARGEST || alignment > LARGEST)
        return out_of_memory();
    uintptr_t start = (uintptr_t)malloc(size + alignment);
    if (!start)
        return NULL;
    uintptr_t block = (start + alignment - 1) & -alignment;
    ((size_t *)block)[-1] = start + size + alignment - block;
    return (void *)block;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
    if (alignment < sizeof(void *) || (alignment & (alignment - 1)))
        return EINVAL;
    *block = memalign(alignment, size);
    return *block ? 0 : ENOMEM;
}

size_t malloc_usable_size(void *block)
{
    return block ? *size_of(block) : 0;
}
