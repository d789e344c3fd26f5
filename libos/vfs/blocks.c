/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Memory for names, links and the bytes of files: pools of powers of two below a page, runs of
 * pages from there on. */
#include <zeroos/memory.h>
#include <zeroos/tree.h>

enum { LEAST_BITS = 4, PAGE_BITS = 12 };

static struct zeroos_pool pools[PAGE_BITS - LEAST_BITS] = {
    {.size = 16},  {.size = 32},  {.size = 64},   {.size = 128},
    {.size = 256}, {.size = 512}, {.size = 1024}, {.size = 2048},
};

__attribute__((noinline)) void *zeroos_object_take(struct zeroos_pool *pool)
{
    if (!pool->free && pool->next == pool->end) {
        long page = zeroos_pages_take(PAGE_SIZE, PAGE_SIZE);
        if (page == -ENOMEM)
            return NULL;
        pool->next = (char *)page;
        pool->end = pool->next + PAGE_SIZE / pool->size * pool->size;
    }
    return zeroos_pool_take(pool);
}

size_t zeroos_block_room(size_t size)
{
    if (size > PAGE_SIZE / 2)
        return zeroos_page_up(size);
    size_t room = 1 << LEAST_BITS;
    while (room < size)
        room *= 2;
    return room;
}

static struct zeroos_pool *pool_of(size_t room)
{
    struct zeroos_pool *pool = pools;
    while (pool->size < room)
        pool++;
    return pool;
}

void *zeroos_block_take(size_t room)
{
    if (room < PAGE_SIZE)
        return room ? zeroos_object_take(pool_of(room)) : NULL;
    long pages = zeroos_pages_take(room, room);
    return pages == -ENOMEM ? NULL : (void *)pages;
}

void zeroos_block_give(void *block, size_t room)
{
    if (room >= PAGE_SIZE)
        /* Without memory for the books the pages are lost, and nothing worse. */
        (void)zeroos_pages_give((uintptr_t)block, room);
    else if (room)
        zeroos_pool_give(pool_of(room), block);
}
