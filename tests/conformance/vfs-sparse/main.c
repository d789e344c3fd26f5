/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What was never written reads as zero, wherever it lies. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

static int zeros(const char *data, int size)
{
    while (size && !data[size - 1])
        size--;
    return size == 0;
}

int main(void)
{
    static char data[70000];
    struct stat status;
    int fd = open("file", O_CREAT | O_RDWR, 0600);
    memset(data, 'x', sizeof data);
    show("write", pwrite(fd, "end", 3, 60000));
    show("read", pread(fd, data, sizeof data, 0));
    printf("%d %.3s %c\n", zeros(data, 60000), data + 60000, data[60003]);
    memset(data, 'y', sizeof data);
    show("fill", pwrite(fd, data, 60003, 0));
    show("shrink", ftruncate(fd, 100));
    show("grow", ftruncate(fd, 65000));
    show("read", pread(fd, data, sizeof data, 0));
    printf("%c %d\n", data[99], zeros(data + 100, 64900));
    show("write", pwrite(fd, "middle", 6, 30000));
    show("read", pread(fd, data, sizeof data, 0));
    printf("%c %d %.6s %d\n", data[99], zeros(data + 100, 29900), data + 30000,
           zeros(data + 30006, 34994));
    show("large", ftruncate(fd, 1000000000));
    fstat(fd, &status);
    printf("%ld\n", (long)status.st_size);
    show("read", pread(fd, data, 1000, 999999500));
    printf("%d\n", zeros(data, 500));
    show("negative", ftruncate(fd, -1));
    show("close", close(fd));
    show("truncate", truncate("file", 30003));
    fd = open("file", O_RDONLY);
    show("read", pread(fd, data, 10, 30000));
    printf("%.3s\n", data);
    return 0;
}
