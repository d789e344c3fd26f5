/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>
#include <zeroos/syscalls.h>

long sys_brk(unsigned long address)
{
    struct zeroos_heap *heap = &zeroos_heap;
    if (address < heap->start || address > heap->low)
        return (long)heap->brk;
    uintptr_t from = zeroos_page_up(heap->brk), to = zeroos_page_up(address);
    /* As with pages, what lies behind the break in its own page survives. */
    if (to > from && from < heap->high)
        memset((void *)from, 0, (to < heap->high ? to : heap->high) - from);
    if (to > heap->high)
        heap->high = to;
    heap->brk = address;
    return (long)address;
}
