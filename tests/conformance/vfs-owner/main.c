/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* chown and fchown: to whom a file belongs already, and no further. */
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
    struct stat status;
    int fd = open("file", O_CREAT | O_RDWR, 0755);
    fstat(fd, &status);
    uid_t uid = status.st_uid;
    gid_t gid = status.st_gid;
    printf("%d\n", uid == geteuid());
    symlink("file", "link");
    symlink("gone", "dangling");
    show("same", chown("file", uid, gid));
    show("nobody", chown("file", -1, -1));
    show("fchown", fchown(fd, uid, gid));
    show("set mode", fchmod(fd, 04755));
    show("again", fchown(fd, uid, gid));
    fstat(fd, &status);
    printf("%o\n", status.st_mode);
    show("link itself", lchown("dangling", uid, gid));
    show("through it", chown("dangling", uid, gid));
    show("closed", fchown(99, uid, gid));
    show("flags", fchownat(AT_FDCWD, "file", uid, gid, 1));
    show("device", chown("/dev/null", uid, 12345));
    show("open device", fchown(open("/dev/null", O_RDONLY), uid, 12345));
    show("empty", fchownat(fd, "", uid, gid, AT_EMPTY_PATH));
    show("empty", fchownat(fd, "", uid, gid, 0));
    return 0;
}
