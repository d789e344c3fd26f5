/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

static long remove_directory(const struct zeroos_walk *walk)
{
    if (walk->last == ZEROOS_ROOT)
        return -EBUSY;
    if (walk->last == ZEROOS_DOT)
        return -EINVAL;
    if (walk->last == ZEROOS_DOT_DOT)
        return -ENOTEMPTY;
    if (!walk->node)
        return walk->last == ZEROOS_LONG ? -ENAMETOOLONG : -ENOENT;
    if (walk->directory->inode->fixed)
        return -EACCES;
    if (!zeroos_is_directory(walk->node))
        return -ENOTDIR;
    struct zeroos_inode *inode = walk->entry->inode, *parent = walk->directory->inode;
    if (inode->fixed)
        return -EBUSY;
    if (inode->directory.first)
        return -ENOTEMPTY;
    inode->links = 0;
    parent->links--;
    zeroos_changed(inode);
    zeroos_modified(parent);
    zeroos_detach(walk->entry);
    return 0;
}

static long remove_file(const struct zeroos_walk *walk)
{
    if (walk->last > ZEROOS_LONG)
        return -EISDIR;
    if (!walk->node)
        return walk->last == ZEROOS_LONG ? -ENAMETOOLONG : -ENOENT;
    if (walk->slash)
        return zeroos_is_directory(walk->node) ? -EISDIR : -ENOTDIR;
    if (walk->directory->inode->fixed)
        return -EACCES;
    if (zeroos_is_directory(walk->node))
        return -EISDIR;
    struct zeroos_inode *inode = walk->entry->inode;
    inode->links--;
    zeroos_changed(inode);
    zeroos_modified(walk->directory->inode);
    zeroos_detach(walk->entry);
    return 0;
}

long sys_unlinkat(int dirfd, const char *path, int flags)
{
    if (flags & ~AT_REMOVEDIR)
        return -EINVAL;
    struct zeroos_walk walk;
    long problem = zeroos_walk(dirfd, path, ZEROOS_PARENT, &walk);
    if (problem)
        return problem;
    return flags & AT_REMOVEDIR ? remove_directory(&walk) : remove_file(&walk);
}
