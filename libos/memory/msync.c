/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Nothing lies behind the memory of an image: these calls look at their arguments. */
#include <zeroos/memory.h>
#include <zeroos/syscalls.h>

long sys_msync(void *address, size_t length, int flags)
{
    uintptr_t start = (uintptr_t)address;
    size_t size = zeroos_page_up(length);
    if (flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC) || !zeroos_page_aligned(start) ||
        (flags & MS_ASYNC && flags & MS_SYNC))
        return -EINVAL;
    if (size == 0)
        return length ? -ENOMEM : 0;
    return zeroos_range_mapped(start, size) ? 0 : -ENOMEM;
}

long sys_mincore(void *address, size_t length, unsigned char *vector)
{
    uintptr_t start = (uintptr_t)address;
    size_t pages = length / PAGE_SIZE + (length % PAGE_SIZE != 0);
    if (!zeroos_page_aligned(start))
        return -EINVAL;
    if (pages > (size_t)-1 / PAGE_SIZE)
        return -ENOMEM;
    if (pages == 0)
        return 0;
    if (zeroos_range_outside(vector, pages))
        return -EFAULT;
    if (!zeroos_range_mapped(start, pages * PAGE_SIZE))
        return -ENOMEM;
    memset(vector, 1, pages);
    return 0;
}
