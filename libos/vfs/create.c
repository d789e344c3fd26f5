/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/tree.h>

unsigned zeroos_umask = 022;

struct zeroos_inode *zeroos_create(struct zeroos_walk *walk, unsigned mode)
{
    struct zeroos_entry *directory = walk->directory;
    if ((mode & S_IFMT) != S_IFLNK)
        mode &= ~zeroos_umask;
    struct zeroos_inode *inode = zeroos_new_inode(mode), *parent = directory->inode;
    if (!inode)
        return NULL;
    bool is_directory = zeroos_is_directory(&inode->node);
    if (parent->node.mode & S_ISGID) {
        inode->gid = parent->gid;
        inode->node.mode |= is_directory ? S_ISGID : 0u;
    }
    walk->entry = zeroos_attach(directory, inode, walk->name, walk->length, walk->hash);
    if (walk->entry) {
        inode->links = is_directory ? 2 : 1;
        parent->links += is_directory;
        walk->node = &inode->node;
        zeroos_modified(parent);
    }
    /* The entry has its own reference. */
    zeroos_put_inode(inode);
    return walk->entry ? inode : NULL;
}
