/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

/* What a descriptor's link says: its path, or its kind and number. */
static long describe(const struct zeroos_file *file, char *buffer, size_t room)
{
    if (file->entry)
        return zeroos_path(file->entry, buffer, room);
    const struct zeroos_more *more = file->node->operations->more;
    struct zeroos_text text;
    text.length = 0;
    if (file->node->operations == &zeroos_regular) {
        zeroos_add(&text, "/ (deleted)");
    } else {
        zeroos_add(&text, more ? more->kind : "pipe:[");
        /* Kinds without a number are complete. */
        if (text.data[text.length - 1] == '[') {
            zeroos_add_number(&text, (uintptr_t)file->node);
            zeroos_add(&text, "]");
        }
    }
    size_t length = text.length < room ? text.length : room;
    memcpy(buffer, text.data, length);
    return (long)length;
}

static __attribute__((noinline)) long read_made(const struct zeroos_walk *walk, char *buffer,
                                                size_t size)
{
    char *whole = zeroos_block_take(PATH_MAX);
    if (!whole)
        return -ENOMEM;
    long length = walk->file ? describe(walk->file, whole, PATH_MAX)
                             : (long)walk->entry->inode->link.make(whole, PATH_MAX);
    if (length > (long)size)
        length = (long)size;
    if (length > 0)
        memcpy(buffer, whole, (size_t)length);
    zeroos_block_give(whole, PATH_MAX);
    return length;
}

long sys_readlinkat(int dirfd, const char *path, char *buffer, int size)
{
    if (size <= 0)
        return -EINVAL;
    struct zeroos_walk walk;
    long problem = zeroos_walk_to(dirfd, path, ZEROOS_EMPTY, &walk);
    if (problem)
        return problem;
    /* An empty path is the link that O_PATH and O_NOFOLLOW opened. */
    if (!walk.number && zeroos_type(walk.node) != S_IFLNK)
        return *path ? -EINVAL : -ENOENT;
    if (zeroos_range_outside(buffer, (size_t)size))
        return -EFAULT;
    if (!walk.number)
        walk.file = NULL;
    if (walk.number || walk.entry->inode->link.make)
        return read_made(&walk, buffer, (size_t)size);
    const struct zeroos_inode *inode = walk.entry->inode;
    size_t length = inode->link.length < (size_t)size ? inode->link.length : (size_t)size;
    memcpy(buffer, inode->link.target, length);
    return (long)length;
}
