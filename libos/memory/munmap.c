/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>
#include <zeroos/syscalls.h>

long sys_munmap(void *address, size_t length)
{
    uintptr_t start = (uintptr_t)address, end = start + zeroos_page_up(length);
    if (!zeroos_page_aligned(start) || end <= start)
        return -EINVAL;
    zeroos_guarded.end = 0;
    /* Of the image, the stack and brk's memory nothing is given back. */
    if (start < zeroos_heap.low)
        start = zeroos_heap.low;
    if (end > zeroos_heap.end)
        end = zeroos_heap.end;
    if (start < end && !zeroos_pages_give(start, end - start))
        return -ENOMEM;
    return 0;
}
