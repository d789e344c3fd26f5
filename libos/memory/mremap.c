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

static bool overlap(uintptr_t start, size_t size, uintptr_t other, size_t other_size)
{
    return start < other + other_size && other < start + size;
}

/* Where the contents go; `first` bytes of it need not be zeroed. */
static long destination(uintptr_t start, size_t size, size_t first, int flags)
{
    if (!(flags & MREMAP_FIXED))
        return zeroos_pages_take(size, first);
    return zeroos_map_at(start, size) ? (long)start : -ENOMEM;
}

static __attribute__((noinline)) long move(uintptr_t start, size_t old_size, size_t size, int flags,
                                           uintptr_t to)
{
    size_t kept = old_size < size ? old_size : size;
    long moved = destination(to, size, kept, flags);
    if (moved == -ENOMEM)
        return -ENOMEM;
    memcpy((void *)moved, (const void *)start, kept);
    if (flags & MREMAP_DONTUNMAP)
        memset((void *)start, 0, old_size);
    else
        /* Without memory for the books the old pages are lost, and nothing worse. */
        (void)zeroos_pages_give(start, old_size);
    return moved;
}

long sys_mremap(void *old_address, size_t old_length, size_t new_length, int flags,
                void *new_address)
{
    uintptr_t start = (uintptr_t)old_address, to = (uintptr_t)new_address;
    size_t old_size = zeroos_page_up(old_length), size = zeroos_page_up(new_length);
    int placed = flags & (MREMAP_FIXED | MREMAP_DONTUNMAP);
    if (!zeroos_page_aligned(start) || size == 0 || old_size == 0 ||
        flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP))
        return -EINVAL;
    if (placed && (!(flags & MREMAP_MAYMOVE) || !zeroos_page_aligned(to) ||
                   (flags & MREMAP_DONTUNMAP && old_length != new_length)))
        return -EINVAL;
    if (flags & MREMAP_FIXED &&
        (!zeroos_range_in_heap(to, size) || overlap(start, old_size, to, size)))
        return -EINVAL;
    if (start < zeroos_heap.low || !zeroos_range_mapped(start, old_size))
        return -EFAULT;
    if (placed)
        return move(start, old_size, size, flags, to);
    if (size <= old_size) {
        if (size < old_size && !zeroos_pages_give(start + size, old_size - size))
            return -ENOMEM;
        return (long)start;
    }
    if (grow(start + old_size, size - old_size))
        return (long)start;
    return flags & MREMAP_MAYMOVE ? move(start, old_size, size, flags, 0) : -ENOMEM;
}
