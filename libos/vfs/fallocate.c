/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

enum { MODES = FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE | FALLOC_FL_ZERO_RANGE };

/* Bytes from `start` on become zero as far as any are stored. */
static long clear(struct zeroos_inode *inode, size_t start, size_t end)
{
    size_t stored = inode->file.stored;
    if (start >= stored)
        return 0;
    if (end > stored)
        end = stored;
    if (!zeroos_reserve(inode, stored))
        return -ENOSPC;
    memset((char *)(uintptr_t)inode->file.bytes + start, 0, end - start);
    return 0;
}

static long allocate(int fd, int mode, long long offset, long long length)
{
    struct zeroos_file *file = zeroos_opened(fd);
    if (!file)
        return -EBADF;
    if (offset < 0 || length <= 0)
        return -EINVAL;
    unsigned how = (unsigned)mode;
    if (how & ~(unsigned)MODES || (how & FALLOC_FL_PUNCH_HOLE && !(how & FALLOC_FL_KEEP_SIZE)) ||
        (how & (FALLOC_FL_PUNCH_HOLE | FALLOC_FL_ZERO_RANGE)) ==
            (FALLOC_FL_PUNCH_HOLE | FALLOC_FL_ZERO_RANGE))
        return -EOPNOTSUPP;
    if (!zeroos_writable(file))
        return -EBADF;
    unsigned type = zeroos_type(file->node);
    if (type != S_IFREG)
        return type == S_IFIFO ? -ESPIPE : -ENODEV;
    long long end;
    if (__builtin_add_overflow(offset, length, &end) ||
        (unsigned long long)end > ZEROOS_LARGEST_FILE)
        return -EFBIG;
    struct zeroos_inode *inode = zeroos_inode_of(file->node);
    long problem = 0;
    if (how & (FALLOC_FL_PUNCH_HOLE | FALLOC_FL_ZERO_RANGE))
        problem = clear(inode, (size_t)offset, (size_t)end);
    if (!problem && !(how & FALLOC_FL_PUNCH_HOLE) && !zeroos_reserve(inode, (size_t)end))
        problem = -ENOSPC;
    if (problem)
        return problem;
    if (!(how & FALLOC_FL_KEEP_SIZE) && (size_t)end > inode->file.size)
        inode->file.size = (size_t)end;
    zeroos_written(inode);
    return 0;
}

static long long whole(unsigned long low, unsigned long high)
{
    return (long long)((uint64_t)high << 32 | (uint32_t)low);
}

long sys_fallocate(int fd, int mode, off_t offset, off_t length)
{
    return allocate(fd, mode, offset, length);
}

long sys_fallocate_split(int fd, int mode, unsigned long offset_low, unsigned long offset_high,
                         unsigned long length_low, unsigned long length_high)
{
    return allocate(fd, mode, whole(offset_low, offset_high), whole(length_low, length_high));
}
