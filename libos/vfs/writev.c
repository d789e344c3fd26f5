/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

ZEROOS_NEEDS(zeroos_write_console);

long sys_writev(int fd, const struct iovec *vector, int count)
{
    struct zeroos_file *file = zeroos_writer_of(fd);
    return file ? zeroos_move_pieces(file, vector, count, ZEROOS_MAY_WRITE, ZEROOS_SITE) : -EBADF;
}
