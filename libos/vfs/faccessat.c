/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The program is root: it may do all but execute what nobody may. */
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

static long access(int dirfd, const char *path, int mode, int flags)
{
    if (mode & ~(R_OK | W_OK | X_OK))
        return -EINVAL;
    struct zeroos_walk walk;
    long problem = zeroos_walk_at(dirfd, path, flags, AT_EACCESS, &walk);
    if (problem)
        return problem;
    bool may_execute = zeroos_is_directory(walk.node) || walk.node->mode & 0111;
    return mode & X_OK && !may_execute ? -EACCES : 0;
}

long sys_faccessat(int dirfd, const char *path, int mode)
{
    return access(dirfd, path, mode, 0);
}

long sys_faccessat2(int dirfd, const char *path, int mode, int flags)
{
    return access(dirfd, path, mode, flags);
}
