/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Positions: every whence, ends, and what is no position. */
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

int main(void)
{
    int fd = open("file", O_CREAT | O_RDWR, 0600), pipes[2];
    show("write", write(fd, "0123456789", 10));
    show("set", lseek(fd, 3, SEEK_SET));
    show("current", lseek(fd, 2, SEEK_CUR));
    show("end", lseek(fd, -4, SEEK_END));
    show("behind", lseek(fd, 100, SEEK_END));
    show("read behind", read(fd, &pipes, 4));
    show("negative", lseek(fd, -1, SEEK_SET));
    show("negative", lseek(fd, -1000, SEEK_CUR));
    show("unchanged", lseek(fd, 0, SEEK_CUR));
    show("whence", lseek(fd, 0, 5));
    show("whence", lseek(fd, 0, -1));
    show("data", lseek(fd, 4, SEEK_DATA));
    show("hole", lseek(fd, 4, SEEK_HOLE));
    show("data behind", lseek(fd, 10, SEEK_DATA));
    show("hole behind", lseek(fd, 10, SEEK_HOLE));
    show("grow", ftruncate(fd, 50000));
    show("hole", lseek(fd, 0, SEEK_HOLE));
    show("data in hole", lseek(fd, 20000, SEEK_DATA));
    show("hole in hole", lseek(fd, 20000, SEEK_HOLE));
    show("negative data", lseek(fd, -1, SEEK_DATA));
    show("closed", lseek(99, 0, SEEK_SET));
    show("pipe", pipe(pipes));
    show("in pipe", lseek(pipes[0], 0, SEEK_CUR));
    int second = dup(fd);
    lseek(fd, 7, SEEK_SET);
    show("shared", lseek(second, 0, SEEK_CUR));
    int other = open("file", O_RDONLY);
    show("own", lseek(other, 0, SEEK_CUR));
    int directory = open(".", O_RDONLY | O_DIRECTORY);
    show("directory", lseek(directory, 0, SEEK_SET));
    show("read directory", read(directory, &pipes, 4));
#ifdef SYS__llseek
    show("memory", syscall(SYS__llseek, fd, 0, 0, (void *)8, SEEK_SET));
#endif
    return 0;
}
