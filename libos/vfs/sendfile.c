/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/transfer.h>

ZEROOS_NEEDS(zeroos_read_console);
ZEROOS_NEEDS(zeroos_write_console);

long sys_sendfile(int out, int in, long long *offset, size_t count)
{
    if (offset && zeroos_outside(offset, sizeof *offset))
        return -EFAULT;
    struct zeroos_file *from = zeroos_reader_of(in), *to = zeroos_writer_of(out);
    if (!from)
        return -EBADF;
    if (offset && !from->node->operations->seek)
        return -ESPIPE;
    if (offset && *offset < 0)
        return -EINVAL;
    if (!to)
        return -EBADF;
    if ((count && zeroos_is_directory(from->node)) || to->flags & O_APPEND)
        return -EINVAL;
    if (from == to && from->node->operations->seek) {
        /* It is read and written at two positions. What has one makes nobody wait, so nobody else
         * comes here meanwhile. */
        static struct zeroos_file reader;
        reader = *from;
        from = &reader;
    }
    long long position = from->position;
    if (offset)
        from->position = *offset;
    long result = zeroos_transfer(from, to, count, ZEROOS_SITE);
    if (offset) {
        *offset = from->position;
        from->position = position;
    }
    return result;
}

long sys_copy_file_range(int in, long long *in_offset, int out, long long *out_offset, size_t count,
                         unsigned int flags)
{
    struct zeroos_file *from = zeroos_opened(in), *to = zeroos_opened(out);
    if (!from || !to)
        return -EBADF;
    if ((in_offset && zeroos_outside(in_offset, sizeof *in_offset)) ||
        (out_offset && zeroos_outside(out_offset, sizeof *out_offset)))
        return -EFAULT;
    if (flags)
        return -EINVAL;
    if (zeroos_is_directory(from->node) || zeroos_is_directory(to->node))
        return -EISDIR;
    if (zeroos_type(from->node) != S_IFREG || zeroos_type(to->node) != S_IFREG)
        return -EINVAL;
    if (!zeroos_readable(from) || !zeroos_writable(to) || to->flags & O_APPEND)
        return -EBADF;
    long long source = in_offset ? *in_offset : from->position;
    long long target = out_offset ? *out_offset : to->position;
    if (source < 0 || target < 0)
        return -EINVAL;
    long long size = (long long)zeroos_inode_of(from->node)->file.size;
    if (source >= size)
        return 0;
    if ((unsigned long long)(size - source) < count)
        count = (size_t)(size - source);
    long long distance = source < target ? target - source : source - target;
    if (from->node == to->node && (unsigned long long)distance < count)
        return -EINVAL;
    if (count == 0)
        return 0;
    long result = zeroos_copy_file(zeroos_inode_of(to->node), target, zeroos_inode_of(from->node),
                                   source, count);
    if (result > 0) {
        if (in_offset)
            *in_offset = source + result;
        else
            from->position = source + result;
        if (out_offset)
            *out_offset = target + result;
        else
            to->position = target + result;
    }
    return result;
}
