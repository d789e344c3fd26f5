/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

long sys_linkat(int old_dirfd, const char *old_path, int new_dirfd, const char *new_path, int flags)
{
    struct zeroos_walk from, to;
    if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
        return -EINVAL;
    unsigned how = (flags & AT_SYMLINK_FOLLOW ? ZEROOS_FOLLOW : 0u) |
                   (flags & AT_EMPTY_PATH ? (unsigned)ZEROOS_EMPTY : 0u);
    long problem = zeroos_walk_to(old_dirfd, old_path, how, &from);
    if (problem)
        return problem;
    problem = zeroos_walk_new(new_dirfd, new_path, false, ZEROOS_SECOND, &to);
    /* /dev and /proc are file systems of their own. */
    if (problem)
        return problem == -EACCES ? -EXDEV : problem;
    bool unnamed = from.file && !from.entry;
    if (unnamed && from.node->operations != &zeroos_regular)
        return -EXDEV;
    struct zeroos_inode *inode = zeroos_inode_of(from.node);
    if (inode->fixed)
        return -EXDEV;
    if (zeroos_is_directory(from.node))
        return -EPERM;
    /* A file that lost its last name gets none again, but one of O_TMPFILE may get its first. */
    if (inode->links == 0 && !(unnamed && (from.file->flags & O_TMPFILE & ~O_DIRECTORY)))
        return -ENOENT;
    if (!zeroos_attach(to.directory, inode, to.name, to.length, to.hash))
        return -ENOSPC;
    inode->links++;
    zeroos_changed(inode);
    zeroos_modified(to.directory->inode);
    return 0;
}

long sys_symlinkat(const char *target, int dirfd, const char *path)
{
    size_t length = 0;
    for (;; length++) {
        if (length == PATH_MAX)
            return -ENAMETOOLONG;
        if (zeroos_outside(target + length, 1))
            return -EFAULT;
        if (!target[length])
            break;
    }
    if (length == 0)
        return -ENOENT;
    struct zeroos_walk walk;
    long problem = zeroos_walk_new(dirfd, path, false, 0, &walk);
    if (problem)
        return problem;
    size_t room = zeroos_block_room(length);
    char *copy = zeroos_block_take(room);
    if (!copy)
        return -ENOSPC;
    struct zeroos_inode *inode = zeroos_create(&walk, S_IFLNK | 0777);
    if (!inode) {
        zeroos_block_give(copy, room);
        return -ENOSPC;
    }
    memcpy(copy, target, length);
    inode->link.target = copy;
    inode->link.length = length;
    inode->link.room = room;
    return 0;
}
