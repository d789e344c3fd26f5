/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

ZEROOS_NEEDS(zeroos_stdin_read);

long sys_readv(int fd, const struct iovec *vector, int count)
{
    struct zeroos_file *file = zeroos_file_of(fd);
    if (!file || !zeroos_readable(file))
        return -EBADF;
    long problem = zeroos_check_vector(vector, count);
    if (problem)
        return problem;
    long total = 0;
    for (const struct iovec *end = vector + count; vector < end; vector++) {
        if (vector->length == 0)
            continue;
        long done = file->node->operations->read(file, vector->base, vector->length);
        if (done < 0)
            return total ? total : done;
        total += done;
        if ((size_t)done < vector->length)
            break;
    }
    return total;
}
