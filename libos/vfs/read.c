/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

ZEROOS_NEEDS(zeroos_read_console);

long sys_read(int fd, void *buffer, size_t count)
{
    struct zeroos_file *file = zeroos_reader_of(fd);
    return file ? zeroos_move_piece(file, buffer, count, ZEROOS_MAY_READ, 0) : -EBADF;
}
