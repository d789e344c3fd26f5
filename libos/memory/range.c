/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>

struct zeroos_guarded zeroos_guarded;

bool zeroos_range_in_heap(uintptr_t start, size_t size)
{
    return start >= zeroos_heap.start && start <= zeroos_heap.end &&
           size <= zeroos_heap.end - start;
}

/* The program's image and main stack are mapped too, but for what lies behind the break. */
static bool below_break(uintptr_t end)
{
    return end <= zeroos_page_up(zeroos_heap.brk);
}

bool zeroos_range_mapped(uintptr_t start, size_t size)
{
    if (zeroos_range_outside((const void *)start, size))
        return false;
    return below_break(start + size) ||
           (start >= zeroos_heap.low && zeroos_pages_free(start, size) == 0);
}

bool zeroos_range_unmapped(uintptr_t start, size_t size)
{
    uintptr_t end = start + size;
    if (start < zeroos_page_up(zeroos_heap.brk))
        return false;
    if (end <= zeroos_heap.low)
        return true;
    if (start < zeroos_heap.low)
        start = zeroos_heap.low;
    return zeroos_pages_free(start, end - start) == end - start;
}
