/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

/* What openat itself uses up. */
#define ONCE ((unsigned)(O_CREAT | O_EXCL | O_TRUNC | O_CLOEXEC | O_DIRECTORY))

static bool allowed(const struct zeroos_node *node, int fd, unsigned flags)
{
    unsigned mode = flags & O_ACCMODE;
    /* An end of a pipe stays that end. */
    if (fd >= 0 && (node->mode & S_IFMT) == S_IFIFO)
        return mode == (zeroos_file_of(fd)->flags & O_ACCMODE);
    return (mode == O_WRONLY || node->mode & 0400) && (mode == O_RDONLY || node->mode & 0200);
}

long sys_openat(int dirfd, const char *path, int flags, mode_t mode)
{
    (void)mode;
    const struct zeroos_node *node;
    int fd;
    long problem = zeroos_lookup(dirfd, path, &node, &fd);
    if (problem == -ENOENT && flags & O_CREAT)
        return -EACCES;
    if (problem)
        return problem;
    if ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
        return -EEXIST;
    if (flags & O_DIRECTORY)
        return -ENOTDIR;
    if ((flags & O_ACCMODE) == O_ACCMODE)
        return -EINVAL;
    if (!allowed(node, fd, (unsigned)flags))
        return -EACCES;
    struct zeroos_file *file = zeroos_new_file(node, (unsigned)flags & ~ONCE);
    if (!file)
        return -ENOMEM;
    file->references = 1;
    long result = zeroos_install(file, 0, flags & O_CLOEXEC ? FD_CLOEXEC : 0);
    zeroos_release(file);
    return result;
}
