/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

/* There are devices only, and those stay. */
long sys_unlinkat(int dirfd, const char *path, int flags)
{
    if (flags & ~AT_REMOVEDIR)
        return -EINVAL;
    const struct zeroos_node *node;
    int fd;
    long problem = zeroos_lookup(dirfd, path, &node, &fd);
    if (problem)
        return problem;
    return flags & AT_REMOVEDIR ? -ENOTDIR : -EPERM;
}
