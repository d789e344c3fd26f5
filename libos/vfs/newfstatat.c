/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

long sys_newfstatat(int dirfd, const char *path, struct stat *status, int flags)
{
    const struct zeroos_node *node;
    long problem = zeroos_described(dirfd, path, flags, &node);
    if (problem)
        return problem;
    if (zeroos_outside(status, sizeof *status))
        return -EFAULT;
    zeroos_fill_status(node, status);
    return 0;
}
