/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

/* What F_SETFL may change; O_NONBLOCK has no effect, since nothing here makes anybody wait. */
#define CHANGEABLE ((unsigned)(O_APPEND | O_NONBLOCK))

long sys_fcntl(int fd, int command, unsigned long argument)
{
    struct zeroos_file *file = zeroos_file_of(fd);
    if (!file)
        return -EBADF;
    switch (command) {
    case F_DUPFD:
    case F_DUPFD_CLOEXEC:
        if (argument >= ZEROOS_MAX_FILES)
            return -EINVAL;
        return zeroos_install(file, (unsigned)argument, command == F_DUPFD ? 0 : FD_CLOEXEC);
    case F_GETFD:
        return (long)zeroos_descriptors[fd].flags;
    case F_SETFD:
        zeroos_descriptors[fd].flags = argument & FD_CLOEXEC;
        return 0;
    case F_GETFL:
        return (long)file->flags;
    case F_SETFL:
        file->flags = (file->flags & ~CHANGEABLE) | ((unsigned)argument & CHANGEABLE);
        return 0;
    }
    return -EINVAL;
}
