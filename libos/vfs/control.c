/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

/* By this name the object is linked; by the other one only a default would be. */
const char zeroos_controls;

long zeroos_control(int fd, unsigned request, unsigned long argument, struct zeroos_file *file)
{
    if (!(file->flags & ZEROOS_HIDDEN_FLAGS))
        return -EBADF;
    int *value = (int *)argument;
    const struct zeroos_more *more = file->node->operations->more;
    long found;
    switch (request) {
    case FIOCLEX:
    case FIONCLEX:
        zeroos_descriptors[fd].flags = request == FIOCLEX ? FD_CLOEXEC : 0;
        return 0;
    case FIONBIO:
        if (zeroos_outside(value, sizeof *value))
            return -EFAULT;
        file->flags = (file->flags & ~(unsigned)O_NONBLOCK) | (*value ? O_NONBLOCK : 0u);
        return 0;
    case FIONREAD:
        found = more && more->available ? more->available(file) : -ENOTTY;
        if (found < 0)
            return found;
        if (zeroos_outside(value, sizeof *value))
            return -EFAULT;
        *value = (int)found;
        return 0;
    }
    return -ENOTTY;
}
