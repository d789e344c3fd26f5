/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

long sys_renameat2(int old_dirfd, const char *old_path, int new_dirfd, const char *new_path,
                   unsigned int flags)
{
    if (flags & ~(unsigned)(RENAME_NOREPLACE | RENAME_EXCHANGE | RENAME_WHITEOUT) ||
        (flags & RENAME_EXCHANGE && flags != RENAME_EXCHANGE))
        return -EINVAL;
    const struct zeroos_node *node;
    int fd;
    long problem = zeroos_lookup(old_dirfd, old_path, &node, &fd);
    if (problem)
        return problem;
    problem = zeroos_lookup(new_dirfd, new_path, &node, &fd);
    return problem && problem != -ENOENT ? problem : -EPERM;
}
