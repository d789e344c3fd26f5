/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>

bool zeroos_map_at(uintptr_t start, size_t size)
{
    struct zeroos_heap *heap = &zeroos_heap;
    uintptr_t end = start + size;
    if (start < heap->high) {
        /* What brk gave out may be mapped over; it stays with brk. */
        if (end > zeroos_page_up(heap->brk))
            return false;
        memset((void *)start, 0, size);
        return true;
    }
    if (start < heap->low) {
        /* Fresh memory; what lies between it and the rest is free from now on. */
        uintptr_t low = heap->low;
        heap->low = start;
        if (end <= low) {
            if (end == low || zeroos_pages_give(end, low - end))
                return true;
            heap->low = low;
            return false;
        }
        start = low;
    }
    if (!zeroos_pages_claim(start, end - start))
        return false;
    memset((void *)start, 0, end - start);
    return true;
}
