/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/vfs.h>

#define FLAGS (AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH)

long zeroos_described(int directory, const char *path, int flags, const struct zeroos_node **node)
{
    if (flags & ~FLAGS)
        return -EINVAL;
    if (flags & AT_EMPTY_PATH && !zeroos_outside(path, 1) && !*path && directory != AT_FDCWD) {
        const struct zeroos_file *file = zeroos_file_of(directory);
        if (!file)
            return -EBADF;
        *node = file->node;
        return 0;
    }
    int fd;
    return zeroos_lookup(directory, path, node, &fd);
}
