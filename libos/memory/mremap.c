/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>
#include <zeroos/syscalls.h>

/* Takes the pages behind a mapping, zeroed, if all of them are free. */
static bool grow(uintptr_t end, size_t more)
{
    if (more > zeroos_heap.end - end || zeroos_pages_free(end, more) != more)
        return false;
    return zeroos_map_at(end, more);
}

long sys_mremap(void *old_address, size_t old_length, size_t new_length, int flags,
                void *new_address)
{
    (void)new_address;
    uintptr_t start = (uintptr_t)old_address;
    size_t old_size = zeroos_page_up(old_length), size = zeroos_page_up(new_length);
    if (!zeroos_page_aligned(start) || size == 0 || old_size == 0 || flags & ~MREMAP_MAYMOVE)
        return -EINVAL;
    if (start < zeroos_heap.low || !zeroos_range_mapped(start, old_size))
        return -EFAULT;
    if (size <= old_size) {
        if (size < old_size && !zeroos_pages_give(start + size, old_size - size))
            return -ENOMEM;
        return (long)start;
    }
    if (grow(start + old_size, size - old_size))
        return (long)start;
    if (!(flags & MREMAP_MAYMOVE))
        return -ENOMEM;
    long moved = zeroos_pages_take(size, old_size);
    if (moved == -ENOMEM)
        return -ENOMEM;
    memcpy((void *)moved, (const void *)start, old_size);
    /* Without memory for the books the old pages are lost, and nothing worse. */
    (void)zeroos_pages_give(start, old_size);
    return moved;
}
