/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* openat that makes, empties and appends to files. */
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

static void state(const char *path)
{
    struct stat status;
    if (stat(path, &status))
        show(path, -1);
    else
        printf("%s: %o %ld\n", path, status.st_mode, (long)status.st_size);
}

int main(void)
{
    int fd = open("file", O_CREAT | O_WRONLY, 0666);
    show("write", write(fd, "0123456789", 10));
    show("read", read(fd, &fd, 1));
    show("close", close(fd));
    state("file");
    fd = open("file", O_CREAT | O_RDWR, 0600);
    state("file");
    show("write", write(fd, "ab", 2));
    close(fd);
    show("exclusive", open("file", O_CREAT | O_EXCL | O_WRONLY, 0600));
    fd = open("file", O_WRONLY | O_APPEND);
    show("append", write(fd, "cd", 2));
    show("position", lseek(fd, 0, SEEK_CUR));
    show("back", lseek(fd, 0, SEEK_SET));
    show("append", write(fd, "ef", 2));
    show("position", lseek(fd, 0, SEEK_CUR));
    close(fd);
    state("file");
    char text[20];
    fd = open("file", O_RDONLY);
    show("read", read(fd, text, sizeof text));
    printf("%.14s\n", text);
    show("write", write(fd, "x", 1));
    close(fd);
    fd = open("file", O_RDWR | O_TRUNC);
    state("file");
    show("read", read(fd, text, sizeof text));
    close(fd);
    umask(077);
    close(open("private", O_CREAT | O_RDWR, 0777));
    state("private");
    umask(0);
    close(open("public", O_CREAT | O_RDWR, 07777));
    state("public");
    show("directory", open(".", O_CREAT | O_RDONLY, 0600));
    show("slash", open("new/", O_CREAT | O_RDWR, 0600));
    show("slash", open("file/", O_RDONLY));
    show("below a file", open("file/x", O_CREAT | O_RDWR, 0600));
    show("below nothing", open("gone/x", O_CREAT | O_RDWR, 0600));
    show("device directory", open("/dev/new file", O_CREAT | O_RDWR, 0600));
    return 0;
}
