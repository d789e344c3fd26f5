/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* access, faccessat and faccessat2. */
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

#ifndef SYS_faccessat2
#define SYS_faccessat2 439
#endif

int main(void)
{
    int fd = open("file", O_CREAT | O_RDWR, 0644);
    mkdir("directory", 0755);
    close(open("tool", O_CREAT | O_RDWR, 0755));
    symlink("file", "link");
    symlink("gone", "dangling");
    symlink("loop", "loop");
    show("there", access("file", F_OK));
    show("read and write", access("file", R_OK | W_OK));
    show("execute", access("file", X_OK));
    show("execute", access("tool", X_OK));
    show("search", access("directory", X_OK | W_OK));
    show("through link", access("link", X_OK));
    show("dangling", access("dangling", F_OK));
    show("missing", access("gone", F_OK));
    show("mode", access("file", 8));
    show("effective", syscall(SYS_faccessat2, AT_FDCWD, "tool", X_OK, AT_EACCESS));
    show("dangling itself",
         syscall(SYS_faccessat2, AT_FDCWD, "dangling", F_OK, AT_SYMLINK_NOFOLLOW));
    show("open file", syscall(SYS_faccessat2, fd, "", X_OK, AT_EMPTY_PATH));
    show("flags", syscall(SYS_faccessat2, AT_FDCWD, "file", F_OK, 1));
    show("mode", syscall(SYS_faccessat2, AT_FDCWD, "file", 8, 0));
    show("closed", syscall(SYS_faccessat2, 99, "file", F_OK, 0));
    show("not a directory", syscall(SYS_faccessat2, fd, "file", F_OK, 0));
    show("memory", syscall(SYS_faccessat2, AT_FDCWD, (void *)8, F_OK, 0));
    show("empty", syscall(SYS_faccessat2, AT_FDCWD, "", F_OK, 0));
    show("loop", syscall(SYS_faccessat2, AT_FDCWD, "loop", F_OK, 0));
    show("at", syscall(SYS_faccessat, 99, "file", F_OK));
    show("device", access("/dev/null", R_OK | W_OK));
    show("execute device", access("/dev/null", X_OK));
    char name[300];
    memset(name, 'n', 256);
    name[256] = 0;
    show("long", syscall(SYS_faccessat2, AT_FDCWD, name, F_OK, 0));
    return 0;
}
