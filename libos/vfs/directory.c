/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/tree.h>

static long read_directory(struct zeroos_file *file, void *buffer, size_t size, uintptr_t site)
{
    (void)file, (void)buffer, (void)size, (void)site;
    return -EISDIR;
}

long long zeroos_seek_endless(struct zeroos_file *file, long long offset, int whence)
{
    long long base = whence == SEEK_CUR ? file->position : 0;
    if (whence > SEEK_CUR || __builtin_add_overflow(offset, base, &offset) || offset < 0)
        return -EINVAL;
    return file->position = offset;
}

static const struct zeroos_more more = {.release = zeroos_put_file};
const struct zeroos_operations zeroos_directory = {
    .read = read_directory, .seek = zeroos_seek_endless, .more = &more};
