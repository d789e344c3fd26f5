/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

/* riscv32 has mmap2, whose offset counts pages. */
enum { OFFSET_UNIT = __riscv_xlen == 64 ? PAGE_SIZE : 1 };
#define OFFSET_BYTES(offset) ((uint64_t)(unsigned long)(offset) * (PAGE_SIZE / OFFSET_UNIT))

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

/* Where a mapping comes to lie. */
static inline long place(void *address, size_t size, int prot, int flags)
{
    long start = flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)
                   ? map_fixed((uintptr_t)address, size, flags)
                   : zeroos_pages_take(size, 0);
    if (prot == 0 && zeroos_page_aligned((uintptr_t)start))
        zeroos_guarded = (struct zeroos_guarded){(uintptr_t)start, (uintptr_t)start + size, 0};
    return start;
}

static __attribute__((noinline)) long map_file(void *address, size_t length, int prot, int flags,
                                               int fd, off_t offset)
{
    int type = flags & MAP_TYPE;
    size_t size = zeroos_page_up(length);
    if (!zeroos_is_open(fd))
        return -EBADF;
    if (type < MAP_SHARED || type > MAP_SHARED_VALIDATE || length == 0)
        return -EINVAL;
    if (prot & PROT_EXEC)
        return -EPERM;
    if (size == 0)
        return -ENOMEM;
    if (!zeroos_file_map)
        return -ENODEV;
    long problem = zeroos_file_map(fd, OFFSET_BYTES(offset), NULL, length, prot, flags);
    if (problem)
        return problem;
    long start = place(address, size, prot, flags);
    if (!zeroos_page_aligned((uintptr_t)start))
        return start;
    problem = zeroos_file_map(fd, OFFSET_BYTES(offset), (void *)start, length, prot, flags);
    if (problem)
        (void)zeroos_pages_give((uintptr_t)start, size);
    return problem ? problem : start;
}

static __attribute__((noinline)) long map(void *address, size_t length, int prot, int flags, int fd,
                                          off_t offset)
{
    int type = flags & MAP_TYPE;
    if (offset % OFFSET_UNIT)
        return -EINVAL;
    if (!(flags & MAP_ANONYMOUS))
        return map_file(address, length, prot, flags, fd, offset);
    if (type < MAP_SHARED || type > MAP_PRIVATE || length == 0)
        return -EINVAL;
    if (prot & PROT_EXEC)
        return -EPERM;
    size_t size = zeroos_page_up(length);
    return size ? place(address, size, prot, flags) : -ENOMEM;
}

long sys_mmap(void *address, size_t length, int prot, int flags, int fd, off_t offset)
{
    /* What nearly all calls ask for. */
    if (flags == (MAP_PRIVATE | MAP_ANONYMOUS) && prot > 0 && prot < PROT_EXEC && offset == 0 &&
        length - 1 < (size_t)-1 / 2)
        return zeroos_pages_take(zeroos_page_up(length), 0);
    return map(address, length, prot, flags, fd, offset);
}
