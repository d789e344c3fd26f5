/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The bytes of files: one block that grows geometrically. What lies behind the bytes that were
 * ever stored reads as zero and takes no memory, however large ftruncate says the file is.
 */
#include <zeroos/tree.h>

long zeroos_read_file(struct zeroos_file *file, void *buffer, size_t size, uintptr_t site)
{
    (void)site;
    const struct zeroos_inode *inode = zeroos_inode_of(file->node);
    size_t at = (size_t)file->position, stored = inode->file.stored;
    /* pread takes any offset, on 32 bits too. */
    if (file->position >= (long long)inode->file.size)
        return 0;
    if (size > inode->file.size - at)
        size = inode->file.size - at;
    size_t there = at < stored ? stored - at : 0;
    if (there > size)
        there = size;
    if (there)
        memcpy(buffer, inode->file.bytes + at, there);
    if (there < size)
        memset((char *)buffer + there, 0, size - there);
    file->position += (long long)size;
    return (long)size;
}

static bool take_room(struct zeroos_inode *inode, size_t room)
{
    room = zeroos_block_room(room);
    char *bytes = zeroos_block_take(room);
    if (!bytes)
        return false;
    if (inode->file.stored)
        memcpy(bytes, inode->file.bytes, inode->file.stored);
    zeroos_block_give((void *)(uintptr_t)inode->file.bytes, inode->file.room);
    inode->file.bytes = bytes;
    inode->file.room = room;
    return true;
}

bool zeroos_reserve(struct zeroos_inode *inode, size_t end)
{
    size_t room = inode->file.room;
    if (end <= room)
        return true;
    /* Nothing to gain for a file that is written in one piece. */
    size_t generous = inode->file.stored ? end + end / 2 : end;
    return take_room(inode, generous) || take_room(inode, end);
}

/* Bytes from the last that is stored up to `end` become zeros that are stored. */
static void fill(struct zeroos_inode *inode, size_t end)
{
    size_t stored = inode->file.stored;
    if (stored < end) {
        memset((char *)(uintptr_t)inode->file.bytes + stored, 0, end - stored);
        inode->file.stored = end;
    }
}

/* Bytes up to `end` are written from now on, those before `at` are zero where none were. */
static bool prepare(struct zeroos_inode *inode, size_t at, size_t end)
{
    if (!zeroos_reserve(inode, end))
        return false;
    fill(inode, at);
    if (end > inode->file.stored)
        inode->file.stored = end;
    if (end > inode->file.size)
        inode->file.size = end;
    zeroos_written(inode);
    return true;
}

static char *bytes_of(const struct zeroos_inode *inode)
{
    return (char *)(uintptr_t)inode->file.bytes;
}

long zeroos_write_file(struct zeroos_file *file, const void *buffer, size_t size, uintptr_t site)
{
    (void)site;
    struct zeroos_inode *inode = zeroos_inode_of(file->node);
    if (size == 0)
        return 0;
    if (file->flags & O_APPEND)
        file->position = (long long)inode->file.size;
    if (file->position >= (long long)ZEROOS_LARGEST_FILE)
        return -EFBIG;
    size_t at = (size_t)file->position;
    if (size > ZEROOS_LARGEST_FILE - at)
        size = ZEROOS_LARGEST_FILE - at;
    if (!prepare(inode, at, at + size))
        return -ENOSPC;
    memcpy(bytes_of(inode) + at, buffer, size);
    file->position = (long long)(at + size);
    return (long)size;
}

long zeroos_copy_file(struct zeroos_inode *to, long long target, const struct zeroos_inode *from,
                      long long source, size_t size)
{
    if ((unsigned long long)target > ZEROOS_LARGEST_FILE - size)
        return -EFBIG;
    size_t at = (size_t)target, begin = (size_t)source, stored = from->file.stored;
    if (!prepare(to, at, at + size))
        return -ENOSPC;
    size_t there = begin < stored ? stored - begin : 0;
    if (there > size)
        there = size;
    if (there)
        memcpy(bytes_of(to) + at, from->file.bytes + begin, there);
    memset(bytes_of(to) + at + there, 0, size - there);
    return (long)size;
}

void zeroos_empty(struct zeroos_inode *inode)
{
    zeroos_block_give((void *)(uintptr_t)inode->file.bytes, inode->file.room);
    inode->file.bytes = NULL;
    inode->file.size = inode->file.stored = inode->file.room = 0;
}

long zeroos_resize(struct zeroos_inode *inode, long long size)
{
    if ((unsigned long long)size > ZEROOS_LARGEST_FILE)
        return -EFBIG;
    if (size == 0)
        zeroos_empty(inode);
    inode->file.size = (size_t)size;
    if (inode->file.stored > (size_t)size)
        inode->file.stored = (size_t)size;
    zeroos_written(inode);
    return 0;
}

/* The end of the data: holes are as large as pages, as in most file systems. */
static long long data_end(const struct zeroos_inode *inode)
{
    size_t end = (inode->file.stored + PAGE_SIZE - 1) & -(size_t)PAGE_SIZE;
    return (long long)(end < inode->file.size ? end : inode->file.size);
}

static long long seek(struct zeroos_file *file, long long offset, int whence)
{
    const struct zeroos_inode *inode = zeroos_inode_of(file->node);
    long long size = (long long)inode->file.size;
    if (whence >= SEEK_DATA) {
        long long end = data_end(inode);
        if (offset < 0 || offset >= size || (whence == SEEK_DATA && offset >= end))
            return -ENXIO;
        if (whence == SEEK_HOLE && offset < end)
            offset = end;
    } else {
        long long base = whence == SEEK_END ? size : whence == SEEK_CUR ? file->position : 0;
        if (__builtin_add_overflow(offset, base, &offset) || offset < 0 ||
            (unsigned long long)offset > ZEROOS_LARGEST_FILE)
            return -EINVAL;
    }
    return file->position = offset;
}

static long available(struct zeroos_file *file)
{
    const struct zeroos_inode *inode = zeroos_inode_of(file->node);
    return (long)((long long)inode->file.size - file->position);
}

static const struct zeroos_more more = {.release = zeroos_put_file, .available = available};
const struct zeroos_operations zeroos_regular = {zeroos_read_file, zeroos_write_file, seek, &more};
