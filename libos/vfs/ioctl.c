/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

/* Nothing is a terminal, and that is what programs ask. */
long sys_ioctl(int fd, unsigned int request, unsigned long argument)
{
    (void)request, (void)argument;
    return zeroos_file_of(fd) ? -ENOTTY : -EBADF;
}
