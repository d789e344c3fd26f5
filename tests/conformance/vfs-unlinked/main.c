/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A file without a name lives as long as somebody has it open. */
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

int main(void)
{
    struct stat status;
    char text[20];
    int fd = open("file", O_CREAT | O_RDWR, 0600);
    (void)!write(fd, "contents", 8);
    show("unlink", unlink("file"));
    show("gone", stat("file", &status));
    fstat(fd, &status);
    printf("%ld %ld\n", (long)status.st_nlink, (long)status.st_size);
    show("read", pread(fd, text, sizeof text, 0));
    show("write", write(fd, " more", 5));
    show("read", pread(fd, text, sizeof text, 0));
    printf("%.13s\n", text);
    int again = open("file", O_CREAT | O_EXCL | O_RDWR, 0600);
    show("another", again >= 0);
    show("its size", read(again, text, sizeof text));
    show("dup", read(dup(fd), text, sizeof text));
    show("close", close(fd));
    mkdir("directory", 0755);
    int directory = open("directory", O_RDONLY | O_DIRECTORY);
    show("rmdir", rmdir("directory"));
    fstat(directory, &status);
    printf("%ld\n", (long)status.st_nlink);
    show("create in it", openat(directory, "x", O_CREAT | O_RDWR, 0600));
    show("mkdir in it", mkdirat(directory, "x", 0700));
    show("look into it", openat(directory, "x", O_RDONLY));
    show("above it", openat(directory, "../file", O_RDONLY) >= 0);
    return 0;
}
