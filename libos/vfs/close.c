/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

long sys_close(int fd)
{
    if (!zeroos_file_of(fd))
        return -EBADF;
    zeroos_close(fd);
    return 0;
}
