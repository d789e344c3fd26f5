/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Files that the libOS was given before the program looked: what a bundle does. */
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

long zeroos_add_file(const char *path, size_t length, unsigned mode, const void *data, size_t size);
long zeroos_add_directory(const char *path, size_t length, unsigned mode);
long zeroos_add_link(const char *path, size_t length, const char *target, size_t size);

static long add(const char *path)
{
    return zeroos_add_file(path, strlen(path), 0600, "contents", 8);
}

int main(void)
{
    static char name[300] = "/";
    char text[20];
    struct stat status;
    memset(name + 1, 'n', 256);
    printf("%ld\n", add("/deep/er/file"));
    printf("%ld\n", zeroos_add_directory("/deep", 5, 0700));
    printf("%ld\n", zeroos_add_link("/deep/link", 10, "er/file", 7));
    printf("%ld %ld\n", add("/deep/er/file"), add("/deep"));
    printf("%ld %ld\n", add("/deep/link"), add("/deep/link/x"));
    printf("%ld %ld\n", add("/dev/mine"), add("/proc/mine"));
    printf("%ld %ld %ld %ld\n", add("relative"), add("/a//b"), add("/a/../b"), add("/a/."));
    printf("%ld %ld %ld\n", add("/"), add("/a/"), add(""));
    printf("%ld\n", add(name));
    printf("%ld\n", zeroos_add_directory("/deep/er/file", 13, 0700));
    int fd = open("/deep/link", O_RDWR);
    fstat(fd, &status);
    printf("%o %ld\n", status.st_mode, (long)status.st_size);
    show("write", pwrite(fd, "CON", 3, 0));
    show("read", read(fd, text, sizeof text));
    printf("%.8s\n", text);
    stat("/deep", &status);
    printf("%o %ld\n", status.st_mode, (long)status.st_nlink);
    return 0;
}
