/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* fallocate: room for a file, and parts that become zero. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

#ifndef FALLOC_FL_ZERO_RANGE
#define FALLOC_FL_ZERO_RANGE 16
#endif

static long size(int fd)
{
    struct stat status;
    fstat(fd, &status);
    return (long)status.st_size;
}

int main(void)
{
    char text[20] = "";
    int fd = open("file", O_CREAT | O_RDWR, 0600), pipes[2];
    (void)!write(fd, "0123456789", 10);
    show("grow", fallocate(fd, 0, 0, 5000));
    printf("%ld\n", size(fd));
    show("keep", fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 20000));
    printf("%ld\n", size(fd));
    show("hole", fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 2, 4));
    pread(fd, text, 11, 0);
    for (int i = 0; i < 11; i++)
        printf("%c", text[i] ? text[i] : '.');
    printf("\n");
    show("zero", fallocate(fd, FALLOC_FL_ZERO_RANGE, 8, 10000));
    printf("%ld\n", size(fd));
    pread(fd, text, 11, 0);
    for (int i = 0; i < 11; i++)
        printf("%c", text[i] ? text[i] : '.');
    printf("\n");
    show("hole grows nothing",
         fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 20000, 10));
    printf("%ld\n", size(fd));
    show("posix", posix_fallocate(fd, 20000, 10));
    printf("%ld\n", size(fd));
    show("negative", fallocate(fd, 0, -1, 10));
    show("nothing", fallocate(fd, 0, 0, 0));
    show("mode", fallocate(fd, 0x40000000, 0, 10));
    show("hole that grows", fallocate(fd, FALLOC_FL_PUNCH_HOLE, 0, 10));
    show("closed", fallocate(99, 0, 0, 10));
    show("read only", fallocate(open("file", O_RDONLY), 0, 0, 10));
    (void)!pipe(pipes);
    show("pipe", fallocate(pipes[1], 0, 0, 10));
    show("device", fallocate(open("/dev/null", O_RDWR), 0, 0, 10));
    show("too large", fallocate(fd, 0, 0x7fffffffffffffff, 10));
    return 0;
}
