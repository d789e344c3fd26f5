/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/clock.h>
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

static bool valid(const struct timespec *time)
{
    unsigned long part = (unsigned long)time->tv_nsec;
    return part == UTIME_NOW || part == UTIME_OMIT || part < NSEC_PER_SEC;
}

static void set(struct zeroos_time *to, const struct timespec *time)
{
    if (!time || time->tv_nsec == UTIME_NOW)
        *to = zeroos_time_now();
    else if (time->tv_nsec != UTIME_OMIT)
        *to = (struct zeroos_time){time->tv_sec, (uint32_t)time->tv_nsec | ZEROOS_ABSOLUTE};
}

static long change(struct zeroos_node *node, bool in_tree, const struct timespec *times)
{
    if (times && times[0].tv_nsec == UTIME_OMIT && times[1].tv_nsec == UTIME_OMIT)
        return 0;
    /* What has no path has no times here either. */
    if (!in_tree)
        return 0;
    struct zeroos_inode *inode = zeroos_inode_of(node);
    if (inode->fixed)
        return times ? -EPERM : 0;
    set(&inode->accessed, times);
    set(&inode->modified, times ? times + 1 : NULL);
    zeroos_changed(inode);
    return 0;
}

long sys_utimensat(int dirfd, const char *path, const struct timespec *times, int flags)
{
    if (times && zeroos_outside(times, 2 * sizeof *times))
        return -EFAULT;
    if (times && (!valid(&times[0]) || !valid(&times[1])))
        return -EINVAL;
    if (!path && dirfd != AT_FDCWD) {
        const struct zeroos_file *file = zeroos_opened(dirfd);
        if (flags)
            return -EINVAL;
        if (!file)
            return -EBADF;
        return change(file->node, file->entry || file->node->operations == &zeroos_regular, times);
    }
    struct zeroos_walk walk;
    long problem = zeroos_walk_at(dirfd, path, flags, 0, &walk);
    if (problem)
        return problem;
    return change(walk.node, walk.entry || walk.node->operations == &zeroos_regular, times);
}
