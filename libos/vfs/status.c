/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What stat tells of a node. Nodes have no numbers of their own: their addresses are as unique,
 * and there is one device. */
#include <zeroos/status.h>

void zeroos_describe(const struct zeroos_walk *walk, struct zeroos_status *status)
{
    struct zeroos_node *node = walk->node;
    memset(status, 0, sizeof *status);
    status->node = node;
    status->mode = node->mode;
    status->links = 1;
    /* The number of a descriptor in /proc/self/fd, not what it leads to. */
    if (walk->number) {
        status->mode = S_IFLNK | 0500;
        status->size = 64;
        return;
    }
    if (!walk->entry && node->operations != &zeroos_regular)
        return;
    const struct zeroos_inode *inode = zeroos_inode_of(node);
    unsigned type = zeroos_type(node);
    status->links = inode->links;
    status->device = node->device;
    status->uid = inode->uid;
    status->gid = inode->gid;
    status->size = type == S_IFREG && !inode->fixed ? (int64_t)inode->file.size
                 : type == S_IFLNK                  ? (int64_t)inode->link.length
                 : type == S_IFDIR                  ? PAGE_SIZE
                                                    : 0;
    if (type == S_IFREG && !inode->fixed)
        status->blocks = (inode->file.stored + PAGE_SIZE - 1) / PAGE_SIZE * (PAGE_SIZE / 512);
    status->accessed = zeroos_time_shown(inode->accessed);
    status->modified = zeroos_time_shown(inode->modified);
    status->changed = zeroos_time_shown(inode->changed);
}
