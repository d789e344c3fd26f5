/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

ZEROOS_NEEDS(zeroos_stdin_read);

long sys_read(int fd, void *buffer, size_t count)
{
    struct zeroos_file *file = zeroos_file_of(fd);
    if (!file || !zeroos_readable(file))
        return -EBADF;
    if (count > MAX_RW_COUNT)
        count = MAX_RW_COUNT;
    if (count == 0)
        return 0;
    if (zeroos_range_outside(buffer, count))
        return -EFAULT;
    return file->node->operations->read(file, buffer, count);
}
