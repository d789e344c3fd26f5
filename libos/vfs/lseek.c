/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

long sys_lseek(int fd, off_t offset, int whence)
{
    return (long)zeroos_seek(fd, offset, whence);
}
