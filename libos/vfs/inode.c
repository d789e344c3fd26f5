/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>
#include <zeroos/tree.h>

static struct zeroos_pool pool = {.size = (sizeof(struct zeroos_inode) + 15) / 16 * 16};

/* By the calls that make pipes. */
extern const struct zeroos_operations zeroos_fifo ZEROOS_WEAK;

/* Links and the names of sockets have nothing to operate on. */
static const struct zeroos_more more = {.release = zeroos_put_file};
const struct zeroos_operations zeroos_plain = {.more = &more};

struct zeroos_inode *zeroos_new_inode(unsigned mode)
{
    struct zeroos_inode *inode = zeroos_object_take(&pool);
    if (!inode)
        return NULL;
    memset(inode, 0, sizeof *inode);
    unsigned type = mode & S_IFMT;
    inode->node.operations = type == S_IFREG ? &zeroos_regular
                           : type == S_IFDIR ? &zeroos_directory
                           : type == S_IFIFO ? &zeroos_fifo
                                             : &zeroos_plain;
    inode->node.mode = mode;
    inode->references = 1;
    if (type == S_IFDIR)
        inode->directory.sequence = 1;
    inode->accessed = inode->modified = inode->changed = zeroos_time_now();
    return inode;
}

void zeroos_put_inode(struct zeroos_inode *inode)
{
    if (--inode->references)
        return;
    unsigned type = zeroos_type(&inode->node);
    if (type == S_IFREG)
        zeroos_empty(inode);
    else if (type == S_IFLNK)
        zeroos_block_give((void *)(uintptr_t)inode->link.target, inode->link.room);
    else if (type == S_IFDIR && inode->directory.buckets)
        zeroos_block_give(inode->directory.buckets,
                          zeroos_block_room(sizeof(void *) << inode->directory.bits));
    if (!inode->image)
        zeroos_pool_give(&pool, inode);
}

void zeroos_put_file(struct zeroos_file *file)
{
    if (file->entry)
        zeroos_put_entry(file->entry);
    else
        zeroos_put_inode(zeroos_inode_of(file->node));
}
