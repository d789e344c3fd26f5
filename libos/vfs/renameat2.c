/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

static bool is_directory(const struct zeroos_walk *walk)
{
    return zeroos_is_directory(walk->node);
}

/* Whether both may go where they shall; the order of the questions is Linux's. */
static long check(const struct zeroos_walk *from, const struct zeroos_walk *to, unsigned flags)
{
    bool exchange = flags & RENAME_EXCHANGE;
    if (from->last > ZEROOS_LONG)
        return -EBUSY;
    if (to->last > ZEROOS_LONG)
        return flags & RENAME_NOREPLACE ? -EEXIST : -EBUSY;
    if (!from->node)
        return from->last == ZEROOS_LONG ? -ENAMETOOLONG : -ENOENT;
    if (to->last == ZEROOS_LONG)
        return -ENAMETOOLONG;
    if (flags & RENAME_NOREPLACE && to->node)
        return -EEXIST;
    if (exchange && !to->node)
        return -ENOENT;
    if (exchange && to->slash && !is_directory(to))
        return -ENOTDIR;
    if (!is_directory(from) && (from->slash || (!exchange && to->slash)))
        return -ENOTDIR;
    if (from->directory->inode->fixed || to->directory->inode->fixed)
        return -EACCES;
    if (from->entry->inode->fixed || (to->entry && to->entry->inode->fixed))
        return -EBUSY;
    if (zeroos_is_below(to->directory, from->entry))
        return -EINVAL;
    if (to->entry && zeroos_is_below(from->directory, to->entry))
        return exchange ? -EINVAL : -ENOTEMPTY;
    /* A directory that was removed gets no names any more. */
    if (!to->directory->inode->links)
        return -ENOENT;
    if (!to->node || exchange || from->node == to->node)
        return 0;
    if (is_directory(from)) {
        if (!is_directory(to))
            return -ENOTDIR;
        return to->entry->inode->directory.first ? -ENOTEMPTY : 0;
    }
    return is_directory(to) ? -EISDIR : 0;
}

/* The name that is written over goes. */
static void replace(const struct zeroos_walk *to)
{
    struct zeroos_inode *inode = to->entry->inode;
    if (is_directory(to)) {
        inode->links = 0;
        to->directory->inode->links--;
    } else {
        inode->links--;
    }
    zeroos_changed(inode);
    zeroos_detach(to->entry);
}

static long rename(const struct zeroos_walk *from, const struct zeroos_walk *to, unsigned flags)
{
    struct zeroos_inode *moved = from->entry->inode;
    struct zeroos_inode *old = from->directory->inode, *new = to->directory->inode;
    if (flags & RENAME_EXCHANGE) {
        old->links += (unsigned long)is_directory(to) - is_directory(from);
        new->links += (unsigned long)is_directory(from) - is_directory(to);
        zeroos_changed(to->entry->inode);
        zeroos_exchange(from->entry, to->entry);
    } else {
        struct zeroos_entry *replaced = to->entry;
        if (!zeroos_move(from->entry, to->directory, to->name, to->length, to->hash))
            return -ENOSPC;
        if (replaced)
            replace(to);
        old->links -= is_directory(from);
        new->links += is_directory(from);
    }
    zeroos_changed(moved);
    zeroos_modified(old);
    zeroos_modified(new);
    return 0;
}

long sys_renameat2(int old_dirfd, const char *old_path, int new_dirfd, const char *new_path,
                   unsigned int flags)
{
    struct zeroos_walk from, to;
    if (flags & ~(unsigned)(RENAME_NOREPLACE | RENAME_EXCHANGE) ||
        flags == (RENAME_NOREPLACE | RENAME_EXCHANGE))
        return -EINVAL;
    long problem = zeroos_walk(old_dirfd, old_path, ZEROOS_PARENT, &from);
    if (!problem)
        problem = zeroos_walk(new_dirfd, new_path, ZEROOS_PARENT | ZEROOS_SECOND, &to);
    if (!problem)
        problem = check(&from, &to, flags);
    /* Two names of one file stay as they are. */
    if (problem || from.node == to.node)
        return problem;
    return rename(&from, &to, flags);
}
