/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

static __attribute__((noinline)) long map_fixed(uintptr_t start, size_t size, int flags)
{
    if (!zeroos_page_aligned(start))
        return -EINVAL;
    if (!zeroos_range_in_heap(start, size))
        return -ENOMEM;
    if (flags & MAP_FIXED_NOREPLACE && !zeroos_range_unmapped(start, size))
        return -EEXIST;
    return zeroos_map_at(start, size) ? (long)start : -ENOMEM;
}

long sys_mmap(void *address, size_t length, int prot, int flags, int fd, off_t offset)
{
    int type = flags & MAP_TYPE;
    if (type < MAP_SHARED || type > MAP_SHARED_VALIDATE || offset % PAGE_SIZE || length == 0)
        return -EINVAL;
    if (!(flags & MAP_ANONYMOUS))
        return zeroos_is_open(fd) ? -ENODEV : -EBADF;
    if (prot & PROT_EXEC)
        return -EPERM;
    size_t size = zeroos_page_up(length);
    if (size == 0)
        return -ENOMEM;
    long start;
    if (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) {
        start = map_fixed((uintptr_t)address, size, flags);
        if (start < 0 && start >= -4095)
            return start;
    } else {
        start = (long)zeroos_pages_take(size, 0);
        if (!start)
            return -ENOMEM;
    }
    if (prot == 0) {
        zeroos_guarded.start = (uintptr_t)start;
        zeroos_guarded.end = (uintptr_t)start + size;
        zeroos_guarded.opened = 0;
    }
    return start;
}
