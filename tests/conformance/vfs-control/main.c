/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ioctl: what a file has to read, and flags. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    int fd = open("file", O_CREAT | O_RDWR, 0600), count = -1, on = 1, off = 0;
    (void)!write(fd, "0123456789", 10);
    lseek(fd, 4, SEEK_SET);
    show("available", ioctl(fd, FIONREAD, &count));
    printf("%d\n", count);
    show("close on exec", ioctl(fd, FIOCLEX));
    show("flags", fcntl(fd, F_GETFD));
    show("not", ioctl(fd, FIONCLEX));
    show("flags", fcntl(fd, F_GETFD));
    show("non-blocking", ioctl(fd, FIONBIO, &on));
    show("flags", fcntl(fd, F_GETFL) & O_NONBLOCK);
    show("blocking", ioctl(fd, FIONBIO, &off));
    show("flags", fcntl(fd, F_GETFL) & O_NONBLOCK);
    show("memory", ioctl(fd, FIONBIO, (void *)8));
    show("memory", ioctl(fd, FIONREAD, (void *)8));
    show("terminal", isatty(fd));
    show("terminal", -1);
    show("directory", ioctl(open(".", O_RDONLY), FIONREAD, &count));
    show("path", ioctl(open("file", O_PATH), FIONREAD, &count));
    show("closed", ioctl(99, FIONREAD, &count));
    return 0;
}
