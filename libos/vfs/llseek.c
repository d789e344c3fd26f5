/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

long sys_llseek(int fd, unsigned long high, unsigned long low, long long *position, int whence)
{
    struct zeroos_file *file = zeroos_file_of(fd);
    if (!file)
        return -EBADF;
    if (whence < SEEK_SET || whence > SEEK_HOLE)
        return -EINVAL;
    const struct zeroos_operations *operations = file->node->operations;
    if (!operations->seek)
        return -ESPIPE;
    long long reached = operations->seek(file, (long long)((uint64_t)high << 32 | low), whence);
    if (reached < 0)
        return (long)reached;
    if (zeroos_outside(position, sizeof *position))
        return -EFAULT;
    *position = reached;
    return 0;
}
