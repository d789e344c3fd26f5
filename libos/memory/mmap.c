/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

/* riscv32 has mmap2, whose offset counts pages. */
enum { OFFSET_UNIT = __riscv_xlen == 64 ? PAGE_SIZE : 1 };

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

static __attribute__((noinline)) long map(void *address, size_t length, int prot, int flags, int fd,
                                          off_t offset)
{
    int type = flags & MAP_TYPE;
    if (type < MAP_SHARED || type > MAP_SHARED_VALIDATE || offset % OFFSET_UNIT || length == 0)
        return -EINVAL;
    if (!(flags & MAP_ANONYMOUS))
        return zeroos_is_open(fd) ? -ENODEV : -EBADF;
    if (prot & PROT_EXEC)
        return -EPERM;
    size_t size = zeroos_page_up(length);
    if (size == 0)
        return -ENOMEM;
    long start = flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)
                   ? map_fixed((uintptr_t)address, size, flags)
                   : zeroos_pages_take(size, 0);
    if (prot == 0 && zeroos_page_aligned((uintptr_t)start))
        zeroos_guarded = (struct zeroos_guarded){(uintptr_t)start, (uintptr_t)start + size, 0};
    return start;
}

long sys_mmap(void *address, size_t length, int prot, int flags, int fd, off_t offset)
{
    /* What nearly all calls ask for. */
    if (flags == (MAP_PRIVATE | MAP_ANONYMOUS) && prot > 0 && prot < PROT_EXEC && offset == 0 &&
        length - 1 < (size_t)-1 / 2)
        return zeroos_pages_take(zeroos_page_up(length), 0);
    return map(address, length, prot, flags, fd, offset);
}
