/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

long sys_llseek(int fd, unsigned long high, unsigned long low, long long *position, int whence)
{
    long long reached = zeroos_seek(fd, (long long)((uint64_t)high << 32 | (uint32_t)low), whence);
    if (reached < 0)
        return (long)reached;
    if (zeroos_outside(position, sizeof *position))
        return -EFAULT;
    *position = reached;
    return 0;
}
