/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>

void *zeroos_pool_take(struct zeroos_pool *pool)
{
    void **object = pool->free;
    if (object) {
        pool->free = *object;
        return object;
    }
    if (pool->next == pool->end) {
        pool->next = zeroos_fresh(PAGE_SIZE);
        if (!pool->next) {
            pool->end = NULL;
            return NULL;
        }
        pool->end = pool->next + PAGE_SIZE / pool->size * pool->size;
    }
    object = (void **)(void *)pool->next;
    pool->next += pool->size;
    return object;
}

void zeroos_pool_give(struct zeroos_pool *pool, void *object)
{
    *(void **)object = pool->free;
    pool->free = object;
}
