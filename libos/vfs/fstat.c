/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* riscv32 has statx alone. */
#include <zeroos/status.h>
#include <zeroos/syscalls.h>

enum { DEVICE = 1 };

static long fill(const struct zeroos_walk *walk, struct stat *to)
{
    struct zeroos_status status;
    if (zeroos_outside(to, sizeof *to))
        return -EFAULT;
    zeroos_describe(walk, &status);
    *to = (struct stat){
        .dev = DEVICE,
        .ino = (uintptr_t)status.node,
        .mode = status.mode,
        .nlink = (unsigned)status.links,
        .uid = status.uid,
        .gid = status.gid,
        .rdev = status.node->device,
        .size = (long)status.size,
        .blksize = PAGE_SIZE,
        .blocks = (long)status.blocks,
        .atime = (long)status.accessed.seconds,
        .atime_nsec = (long)status.accessed.nanoseconds,
        .mtime = (long)status.modified.seconds,
        .mtime_nsec = (long)status.modified.nanoseconds,
        .ctime = (long)status.changed.seconds,
        .ctime_nsec = (long)status.changed.nanoseconds,
    };
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
