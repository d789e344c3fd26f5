/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

/* Programs that only have the console ask whether it is a terminal, and nothing else. */
extern __typeof__(zeroos_control) zeroos_control ZEROOS_WEAK;

long sys_ioctl(int fd, unsigned int request, unsigned long argument)
{
    struct zeroos_file *file = zeroos_file_of(fd);
    if (!file || file->flags & O_PATH)
        return -EBADF;
    return zeroos_control ? zeroos_control(fd, file, request, argument) : -ENOTTY;
}
