/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* riscv32 has statx alone. */
#include <zeroos/status.h>
#include <zeroos/syscalls.h>

enum { DEVICE = 1 };

static __attribute__((noinline)) long fill(const struct zeroos_walk *walk, struct stat *to)
{
    struct zeroos_status status;
    if (zeroos_outside(to, sizeof *to))
        return -EFAULT;
    zeroos_describe(walk, &status);
    memset(to, 0, sizeof *to);
    to->dev = DEVICE;
    to->ino = (uintptr_t)status.node;
    to->mode = status.mode;
    to->nlink = (unsigned)status.links;
    to->uid = status.uid;
    to->gid = status.gid;
    to->rdev = status.device;
    to->size = (long)status.size;
    to->blksize = PAGE_SIZE;
    to->blocks = (long)status.blocks;
    to->atime = (long)status.accessed.seconds;
    to->atime_nsec = (long)status.accessed.nanoseconds;
    to->mtime = (long)status.modified.seconds;
    to->mtime_nsec = (long)status.modified.nanoseconds;
    to->ctime = (long)status.changed.seconds;
    to->ctime_nsec = (long)status.changed.nanoseconds;
    return 0;
}

long sys_fstat(int fd, struct stat *status)
{
    struct zeroos_walk walk = {.file = zeroos_file_of(fd)};
    if (!walk.file)
        return -EBADF;
    walk.node = walk.file->node;
    walk.entry = walk.file->entry;
    return fill(&walk, status);
}

long sys_newfstatat(int dirfd, const char *path, struct stat *status, int flags)
{
    struct zeroos_walk walk;
    long problem = zeroos_walk_at(dirfd, path, flags, AT_NO_AUTOMOUNT, &walk);
    return problem ? problem : fill(&walk, status);
}
