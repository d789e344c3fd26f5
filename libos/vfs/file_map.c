/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What mmap gets of a file: a copy. A mapping that is shared and may be written cannot be had so;
 * one that is only read shows the file as it was. */
#include <zeroos/tree.h>

long zeroos_file_map(int fd, uint64_t offset, void *pages, size_t size, int prot, int flags)
{
    const struct zeroos_file *file = zeroos_file_of(fd);
    if (!file || file->flags & O_PATH)
        return -EBADF;
    if (!zeroos_readable(file))
        return -EACCES;
    bool shared = (flags & MAP_TYPE) != MAP_PRIVATE;
    if (shared && prot & PROT_WRITE)
        return zeroos_writable(file) ? -ENODEV : -EACCES;
    if (file->node->operations != &zeroos_regular)
        return -ENODEV;
    if (pages && offset <= ZEROOS_LARGEST_FILE) {
        struct zeroos_file reader = *file;
        reader.position = (long long)offset;
        (void)zeroos_read_file(&reader, pages, size, 0);
    }
    return 0;
}
