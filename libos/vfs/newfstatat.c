/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

#define FLAGS (AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH)

long sys_newfstatat(int dirfd, const char *path, struct stat *status, int flags)
{
    if (flags & ~FLAGS)
        return -EINVAL;
    if (flags & AT_EMPTY_PATH && !zeroos_outside(path, 1) && !*path && dirfd != AT_FDCWD)
        return sys_fstat(dirfd, status);
    const struct zeroos_node *node;
    int fd;
    long problem = zeroos_lookup(dirfd, path, &node, &fd);
    if (problem)
        return problem;
    if (zeroos_outside(status, sizeof *status))
        return -EFAULT;
    zeroos_fill_status(node, status);
    return 0;
}
