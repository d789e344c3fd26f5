/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Files that come into the tree before main: by path, parents made as need be. */
#include <zeroos/tree.h>

/* Finds or makes the directories of a path; the last name is left to the walk. */
static long descend(const char *path, size_t length, struct zeroos_walk *walk)
{
    const char *at = path + 1, *end = path + length;
    memset(walk, 0, sizeof *walk);
    walk->directory = &zeroos_root;
    if (length < 2 || *path != '/' || length >= PATH_MAX)
        return length >= PATH_MAX ? -ENAMETOOLONG : -EINVAL;
    for (;;) {
        walk->name = at;
        while (at < end && *at != '/')
            at++;
        size_t part = (size_t)(at - walk->name);
        if (part > NAME_MAX)
            return -ENAMETOOLONG;
        if (part == 0 || (part <= 2 && memcmp(walk->name, "..", part) == 0))
            return -EINVAL;
        walk->length = (uint8_t)part;
        walk->hash = zeroos_hash(walk->name, (unsigned)part);
        walk->entry = zeroos_find(walk->directory->inode, walk->name, (unsigned)part, walk->hash);
        walk->node = walk->entry ? &walk->entry->inode->node : NULL;
        if (walk->directory->inode->fixed)
            return -EACCES;
        if (at == end)
            return 0;
        if (!walk->entry && !zeroos_create(walk, S_IFDIR | 0755))
            return -ENOSPC;
        if (!zeroos_is_directory(walk->node))
            return -ENOTDIR;
        walk->directory = walk->entry;
        at++;
    }
}

/* A new inode at a path; NULL, and why. */
static struct zeroos_inode *make(const char *path, size_t length, unsigned mode, long *problem)
{
    struct zeroos_walk walk;
    *problem = descend(path, length, &walk);
    if (*problem)
        return NULL;
    if (walk.node) {
        *problem = -EEXIST;
        return NULL;
    }
    struct zeroos_inode *inode = zeroos_create(&walk, mode);
    if (!inode)
        *problem = -ENOSPC;
    else if ((mode & S_IFMT) != S_IFLNK)
        inode->node.mode = mode; /* whatever the umask */
    return inode;
}

long zeroos_add_file(const char *path, size_t length, unsigned mode, const void *data, size_t size)
{
    long problem;
    struct zeroos_inode *inode = make(path, length, S_IFREG | (mode & 07777), &problem);
    if (!inode)
        return problem;
    inode->file.bytes = data;
    inode->file.size = inode->file.stored = size;
    return 0;
}

long zeroos_add_directory(const char *path, size_t length, unsigned mode)
{
    struct zeroos_walk walk;
    long problem = descend(path, length, &walk);
    if (problem)
        return problem;
    /* One that is there, because something in it came before, gets its mode. */
    if (walk.node && (!zeroos_is_directory(walk.node) || walk.entry->inode->fixed))
        return -EEXIST;
    if (!walk.node && !zeroos_create(&walk, S_IFDIR | 0755))
        return -ENOSPC;
    walk.node->mode = S_IFDIR | (mode & 07777);
    return 0;
}

long zeroos_add_link(const char *path, size_t length, const char *target, size_t size)
{
    long problem;
    if (size == 0 || size >= PATH_MAX)
        return size ? -ENAMETOOLONG : -EINVAL;
    struct zeroos_inode *inode = make(path, length, S_IFLNK | 0777, &problem);
    if (!inode)
        return problem;
    inode->link.target = target;
    inode->link.length = size;
    return 0;
}
