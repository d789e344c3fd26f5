/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/status.h>
#include <zeroos/syscalls.h>

enum { KNOWN = AT_NO_AUTOMOUNT | AT_STATX_SYNC_TYPE, DEVICE = 1 };

static struct statx_timestamp stamp(struct zeroos_time time)
{
    return (struct statx_timestamp){time.seconds, time.nanoseconds, 0};
}

static __attribute__((noinline)) void fill(const struct zeroos_walk *walk, struct statx *to)
{
    struct zeroos_status status;
    zeroos_describe(walk, &status);
    memset(to, 0, sizeof *to);
    to->mask = STATX_BASIC_STATS;
    to->blksize = PAGE_SIZE;
    to->nlink = (uint32_t)status.links;
    to->uid = status.uid;
    to->gid = status.gid;
    to->mode = (uint16_t)status.mode;
    to->ino = (uintptr_t)status.node;
    to->size = (uint64_t)status.size;
    to->blocks = status.blocks;
    to->atime = stamp(status.accessed);
    to->mtime = stamp(status.modified);
    to->ctime = stamp(status.changed);
    to->rdev_major = status.device >> 8;
    to->rdev_minor = status.device & 0xff;
    to->dev_minor = DEVICE;
}

long sys_statx(int dirfd, const char *path, int flags, unsigned int mask, struct statx *to)
{
    if (mask & STATX_RESERVED || (flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE)
        return -EINVAL;
    struct zeroos_walk walk;
    long problem = zeroos_walk_at(dirfd, path, flags, KNOWN, &walk);
    if (problem)
        return problem;
    if (zeroos_outside(to, sizeof *to))
        return -EFAULT;
    fill(&walk, to);
    return 0;
}
