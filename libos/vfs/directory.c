/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/tree.h>

static long read_directory(struct zeroos_file *file, void *buffer, size_t size, uintptr_t site)
{
    (void)file, (void)buffer, (void)size, (void)site;
    return -EISDIR;
}

/* Positions are made by getdents64.c; the end of a directory is nowhere in particular. */
static long long seek(struct zeroos_file *file, long long offset, int whence)
{
    if (whence == SEEK_CUR)
        offset += file->position;
    if (whence > SEEK_CUR || offset < 0)
        return -EINVAL;
    return file->position = offset;
}

static const struct zeroos_more more = {.release = zeroos_put_file};
const struct zeroos_operations zeroos_directory = {
    .read = read_directory, .seek = seek, .more = &more};
