/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

ZEROOS_NEEDS(zeroos_write_console);

long sys_write(int fd, const void *buffer, size_t count)
{
    struct zeroos_file *file = zeroos_writer_of(fd);
    return file ? zeroos_move_piece(file, buffer, count, ZEROOS_MAY_WRITE, 0) : -EBADF;
}
