/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

struct iovec {
    void *base;
    size_t length;
};

long sys_write(int fd, const void *buffer, size_t count)
{
    if (fd != 1 && fd != 2)
        return -9;
    zeroos_host_write(fd == 1 ? ZEROOS_STDOUT : ZEROOS_STDERR, buffer, count);
    return (long)count;
}

long sys_writev(int fd, const struct iovec *vector, int count)
{
    long total = 0;
    for (int i = 0; i < count; i++) {
        long n = sys_write(fd, vector[i].base, vector[i].length);
        if (n < 0)
            return n;
        total += n;
    }
    return total;
}

long sys_ioctl(int fd, unsigned int request, unsigned long argument)
{
    (void)fd;
    (void)request;
    (void)argument;
    return -25;
}

long sys_lseek(int fd, off_t offset, int whence)
{
    (void)fd;
    (void)offset;
    (void)whence;
    return -29;
}

long sys_close(int fd)
{
    (void)fd;
    return 0;
}
