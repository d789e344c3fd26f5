/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Locks are between processes, and there is one: it gets every lock, and meets none. */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

/* What F_SETFL may change. */
#define CHANGEABLE ((unsigned)(O_APPEND | O_NONBLOCK | O_NOATIME))

/* The same structure for all kinds of locks; open files could lock each other out with the last
 * three, which therefore are not there. */
static long lock(const struct zeroos_file *file, int command, struct flock *lock)
{
    if (zeroos_outside(lock, sizeof *lock))
        return -EFAULT;
    long long start = lock->start + (lock->whence == SEEK_CUR ? file->position : 0);
    if (lock->whence < SEEK_SET || lock->whence > SEEK_END || start < 0)
        return -EINVAL;
    if (lock->type < F_RDLCK || lock->type > F_UNLCK ||
        (command == F_GETLK && lock->type == F_UNLCK))
        return -EINVAL;
    if (command == F_GETLK) {
        lock->type = F_UNLCK;
        return 0;
    }
    if ((lock->type == F_RDLCK && !zeroos_readable(file)) ||
        (lock->type == F_WRLCK && !zeroos_writable(file)))
        return -EBADF;
    return 0;
}

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
        return (long)(file->flags & ~(unsigned)ZEROOS_HIDDEN_FLAGS);
    }
    if (file->flags & O_PATH)
        return -EBADF;
    switch (command) {
    case F_SETFL:
        file->flags = (file->flags & ~CHANGEABLE) | ((unsigned)argument & CHANGEABLE);
        return 0;
    case F_GETLK:
    case F_SETLK:
    case F_SETLKW:
        return lock(file, command, (struct flock *)argument);
    }
    return -EINVAL;
}
