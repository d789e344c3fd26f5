/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* fchmodat2: modes by path with flags. */
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

#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif

static long mode_at(int fd, const char *path, int flags)
{
    return syscall(SYS_fchmodat2, fd, path, 0640, flags);
}

int main(void)
{
    static char name[300];
    struct stat status;
    int fd = open("file", O_CREAT | O_RDWR, 0600);
    symlink("file", "link");
    symlink("loop", "loop");
    memset(name, 'n', 256);
    show("through link", mode_at(AT_FDCWD, "link", 0));
    stat("file", &status);
    printf("%o\n", status.st_mode);
    show("open", mode_at(fd, "", AT_EMPTY_PATH));
    show("link itself", mode_at(AT_FDCWD, "link", AT_SYMLINK_NOFOLLOW));
    show("flags", mode_at(AT_FDCWD, "file", 1));
    show("device", mode_at(AT_FDCWD, "/dev/null", 0));
    show("closed", mode_at(99, "file", 0));
    show("memory", mode_at(AT_FDCWD, (void *)8, 0));
    show("loop", mode_at(AT_FDCWD, "loop", 0));
    show("long", mode_at(AT_FDCWD, name, 0));
    show("missing", mode_at(AT_FDCWD, "gone", 0));
    show("below a file", mode_at(AT_FDCWD, "file/x", 0));
    return 0;
}
