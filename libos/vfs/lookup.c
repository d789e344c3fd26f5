/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What a path leads to. So far there are devices and nothing else. */
#include <zeroos/devices.h>

static bool equal(const char *left, const char *right)
{
    while (*left && *left == *right)
        left++, right++;
    return *left == *right;
}

/* The descriptor that /dev/stdin, stdout, stderr or fd/N stands for, or -1. */
static int descriptor(const char *path)
{
    static const char *const names[] = {"/dev/stdin", "/dev/stdout", "/dev/stderr"};
    static const char prefix[] = "/dev/fd/";
    for (int fd = 0; fd < 3; fd++)
        if (equal(path, names[fd]))
            return fd;
    for (int i = 0; prefix[i]; i++)
        if (path[i] != prefix[i])
            return -1;
    path += sizeof prefix - 1;
    /* Without leading zeros, as the kernel names them. */
    if (!*path || (*path == '0' && path[1]))
        return -1;
    int fd = 0;
    for (; *path; path++) {
        if (*path < '0' || *path > '9' || fd >= ZEROOS_MAX_FILES)
            return -1;
        fd = 10 * fd + *path - '0';
    }
    return fd;
}

/* 0 where a path is a string in the program's memory of less than PATH_MAX bytes. */
static long check(const char *path)
{
    for (const char *end = path; end - path < PATH_MAX; end++) {
        if (zeroos_outside(end, 1))
            return -EFAULT;
        if (!*end)
            return end == path ? -ENOENT : 0;
    }
    return -ENAMETOOLONG;
}

long zeroos_lookup(int directory, const char *path, const struct zeroos_node **node, int *fd)
{
    long problem = check(path);
    if (problem)
        return problem;
    if (*path != '/' && directory != AT_FDCWD)
        return zeroos_file_of(directory) ? -ENOTDIR : -EBADF;
    *fd = descriptor(path);
    if (*fd >= 0) {
        const struct zeroos_file *file = zeroos_file_of(*fd);
        if (!file)
            return -ENOENT;
        *node = file->node;
        return 0;
    }
    for (const struct zeroos_device *device = zeroos_devices; device->path; device++) {
        if (equal(path, device->path)) {
            *node = &device->node;
            return 0;
        }
    }
    return -ENOENT;
}
