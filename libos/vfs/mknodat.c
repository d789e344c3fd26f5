/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

/* Named pipes. */
ZEROOS_NEEDS(zeroos_fifo);

long sys_mknodat(int dirfd, const char *path, mode_t mode, unsigned int device)
{
    (void)device;
    unsigned type = mode & S_IFMT;
    if (type == 0)
        type = S_IFREG;
    else if (type == S_IFDIR)
        return -EPERM;
    else if (type != S_IFREG && type != S_IFIFO && type != S_IFSOCK && type != S_IFCHR &&
             type != S_IFBLK)
        return -EINVAL;
    struct zeroos_walk walk;
    long problem = zeroos_walk_new(dirfd, path, false, 0, &walk);
    if (problem)
        return problem;
    if (type == S_IFCHR || type == S_IFBLK)
        return -EPERM;
    return zeroos_create(&walk, type | (mode & 07777)) ? 0 : -ENOSPC;
}
