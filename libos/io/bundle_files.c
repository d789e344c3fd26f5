/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Files of a bundle go into the tree of the image; their bytes stay in the private input. */
#include <zeroos/bundle.h>
#include <zeroos/tree.h>

const char *zeroos_bundle_add_file(const char *path, unsigned mode, struct zeroos_span data)
{
    size_t length = 0;
    while (path[length])
        length++;
    long problem;
    if ((mode & S_IFMT) == S_IFDIR)
        problem = zeroos_add_directory(path, length, mode);
    else if ((mode & S_IFMT) == S_IFLNK)
        problem = zeroos_add_link(path, length, (const char *)data.data, data.size);
    else
        problem = zeroos_add_file(path, length, mode, data.data, data.size);
    switch (problem) {
    case 0:
        return NULL;
    case -EEXIST:
        return "the image has something of that name";
    case -ENOTDIR:
        return "it lies below something that is no directory";
    case -EACCES:
        return "nothing can be put into /dev and /proc";
    case -ENOSPC:
        return "there is no memory for it";
    default:
        return "a part of the name is longer than 255 bytes";
    }
}
