/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

long sys_statx(int dirfd, const char *path, int flags, unsigned int mask, struct statx *status)
{
    if (mask & STATX_RESERVED || (flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE)
        return -EINVAL;
    const struct zeroos_node *node;
    long problem = zeroos_described(dirfd, path, flags & ~AT_STATX_SYNC_TYPE, &node);
    if (problem)
        return problem;
    if (zeroos_outside(status, sizeof *status))
        return -EFAULT;
    memset(status, 0, sizeof *status);
    status->mask = STATX_BASIC_STATS;
    status->blksize = PAGE_SIZE;
    status->nlink = 1;
    status->mode = (uint16_t)node->mode;
    status->ino = (uintptr_t)node;
    status->rdev_major = node->device >> 8;
    status->rdev_minor = node->device & 0xff;
    return 0;
}
