/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

/* Nothing is a terminal, and that is what programs ask. */
long sys_ioctl(int fd, unsigned int request, unsigned long argument)
{
    struct zeroos_file *file = zeroos_file_of(fd);
    return file ? zeroos_control(fd, request, argument, file) : -EBADF;
}
