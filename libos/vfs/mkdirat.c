/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

long sys_mkdirat(int dirfd, const char *path, mode_t mode)
{
    struct zeroos_walk walk;
    long problem = zeroos_walk_new(dirfd, path, true, 0, &walk);
    if (problem)
        return problem;
    return zeroos_create(&walk, S_IFDIR | (mode & 01777)) ? 0 : -ENOSPC;
}
