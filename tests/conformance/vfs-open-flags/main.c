/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* O_DIRECTORY, O_NOFOLLOW, O_PATH and O_TMPFILE. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    struct stat status;
    char text[10];
    mkdir("directory", 0755);
    close(open("file", O_CREAT | O_RDWR, 0644));
    show("symlink", symlink("file", "link"));
    show("symlink", symlink("directory", "dirlink"));
    show("symlink", symlink("nowhere", "dangling"));
    show("directory", open("directory", O_RDONLY | O_DIRECTORY) >= 0);
    show("file", open("file", O_RDONLY | O_DIRECTORY));
    show("write to directory", open("directory", O_WRONLY));
    show("truncate directory", open("directory", O_RDONLY | O_TRUNC));
    show("create and directory", open("x", O_RDONLY | O_CREAT | O_DIRECTORY, 0700));
    show("no follow", open("link", O_RDONLY | O_NOFOLLOW));
    show("no follow directory", open("dirlink", O_RDONLY | O_NOFOLLOW | O_DIRECTORY));
    show("dangling", open("dangling", O_RDONLY));
    show("exclusive dangling", open("dangling", O_CREAT | O_EXCL | O_RDWR, 0600));
    show("through dangling", open("dangling", O_CREAT | O_RDWR, 0600) >= 0);
    show("made", stat("nowhere", &status));
    int fd = open("file", O_PATH);
    show("path", fd >= 0);
    show("read", read(fd, text, 1));
    show("write", write(fd, text, 1));
    show("seek", lseek(fd, 0, SEEK_SET));
    show("chmod", fchmod(fd, 0600));
    show("truncate", ftruncate(fd, 0));
    show("stat", fstat(fd, &status));
    show("dup", dup(fd) >= 0);
    show("flags", fcntl(fd, F_GETFL) & O_PATH);
    show("set flags", fcntl(fd, F_SETFL, O_APPEND));
    show("sync", fsync(fd));
    fd = open("link", O_PATH | O_NOFOLLOW);
    show("link itself", fd >= 0);
    show("its text", readlinkat(fd, "", text, sizeof text));
    show("closed", readlinkat(99, "", text, sizeof text));
    show("its type", fstat(fd, &status) || !S_ISLNK(status.st_mode));
    fd = open("directory", O_PATH | O_DIRECTORY);
    show("from it", openat(fd, "inner", O_CREAT | O_RDWR, 0600) >= 0);
    show("into it", fchdir(fd));
    show("there", access("inner", F_OK));
    chdir("..");
    fd = open(".", O_TMPFILE | O_RDWR, 0600);
    show("unnamed", fd >= 0);
    show("write", write(fd, "unnamed", 7));
    fstat(fd, &status);
    show("links", status.st_nlink);
    show("size", status.st_size);
    char name[40];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    show("name", linkat(AT_FDCWD, name, AT_FDCWD, "named", AT_SYMLINK_FOLLOW));
    fstat(fd, &status);
    show("links", status.st_nlink);
    show("named", stat("named", &status));
    show("read only", open(".", O_TMPFILE | O_RDONLY, 0600));
    show("in a file", open("file", O_TMPFILE | O_RDWR, 0600));
    show("in /dev", open("/dev", O_TMPFILE | O_RDWR, 0600));
    show("socket", mknod("socket", S_IFSOCK | 0600, 0));
    show("open it", open("socket", O_RDWR));
    return 0;
}
