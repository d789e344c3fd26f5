/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

long sys_dup(int fd)
{
    struct zeroos_file *file = zeroos_file_of(fd);
    return file ? zeroos_install(file, 0, 0) : -EBADF;
}
