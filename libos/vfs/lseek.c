/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

long sys_lseek(int fd, off_t offset, int whence)
{
    struct zeroos_file *file = zeroos_file_of(fd);
    if (!file)
        return -EBADF;
    if (whence < SEEK_SET || whence > SEEK_HOLE)
        return -EINVAL;
    const struct zeroos_operations *operations = file->node->operations;
    return operations->seek ? (long)operations->seek(file, offset, whence) : -ESPIPE;
}
