/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

void zeroos_fill_status(const struct zeroos_node *node, struct stat *status)
{
    memset(status, 0, sizeof *status);
    /* Nodes have no numbers of their own; their addresses are as unique. */
    status->ino = (unsigned long)node;
    status->mode = node->mode;
    status->nlink = 1;
    status->rdev = node->device;
    status->blksize = PAGE_SIZE;
}

long sys_fstat(int fd, struct stat *status)
{
    struct zeroos_file *file = zeroos_file_of(fd);
    if (!file)
        return -EBADF;
    if (zeroos_outside(status, sizeof *status))
        return -EFAULT;
    zeroos_fill_status(file->node, status);
    return 0;
}
