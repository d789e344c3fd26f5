/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>

struct zeroos_heap zeroos_heap = {
    (uintptr_t)zeroos_heap_start, (uintptr_t)zeroos_heap_start, (uintptr_t)zeroos_heap_end,
    (uintptr_t)zeroos_heap_end,   (uintptr_t)zeroos_heap_start,
};

void *zeroos_fresh(size_t size)
{
    size = zeroos_page_up(size);
    if (size == 0 || size > zeroos_heap.low - zeroos_heap.high)
        return NULL;
    zeroos_heap.low -= size;
    return (void *)zeroos_heap.low;
}
