/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

static long resize(int fd, long long length)
{
    if (length < 0)
        return -EINVAL;
    struct zeroos_file *file = zeroos_opened(fd);
    if (!file)
        return -EBADF;
    if (zeroos_type(file->node) != S_IFREG || !zeroos_writable(file))
        return -EINVAL;
    return zeroos_resize(zeroos_inode_of(file->node), length);
}

static long resize_path(const char *path, long long length)
{
    if (length < 0)
        return -EINVAL;
    struct zeroos_walk walk;
    long problem = zeroos_walk_to(AT_FDCWD, path, ZEROOS_FOLLOW, &walk);
    if (problem)
        return problem;
    if (zeroos_is_directory(walk.node))
        return -EISDIR;
    if (zeroos_type(walk.node) != S_IFREG)
        return -EINVAL;
    struct zeroos_inode *inode = zeroos_inode_of(walk.node);
    return inode->fixed ? -EACCES : zeroos_resize(inode, length);
}

static long long whole(unsigned long low, unsigned long high)
{
    return (long long)((uint64_t)high << 32 | (uint32_t)low);
}

long sys_ftruncate(int fd, off_t length)
{
    return resize(fd, length);
}

long sys_ftruncate_split(int fd, unsigned long low, unsigned long high)
{
    return resize(fd, whole(low, high));
}

long sys_truncate(const char *path, off_t length)
{
    return resize_path(path, length);
}

long sys_truncate_split(const char *path, unsigned long low, unsigned long high)
{
    return resize_path(path, whole(low, high));
}
