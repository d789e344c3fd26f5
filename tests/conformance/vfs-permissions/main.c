/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Modes: chmod, fchmod, umask, and what creation makes of them. */
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

static void mode(const char *path)
{
    struct stat status;
    stat(path, &status);
    printf("%s: %o\n", path, status.st_mode);
}

int main(void)
{
    int fd = open("file", O_CREAT | O_RDWR, 0644);
    mkdir("directory", 0777);
    symlink("file", "link");
    mode("file");
    mode("directory");
    show("chmod", chmod("file", 0751));
    mode("file");
    show("fchmod", fchmod(fd, 04700));
    mode("file");
    show("write", write(fd, "x", 1));
    mode("file");
    show("through link", chmod("link", 0600));
    mode("file");
    show("chmod", chmod("directory", 01700));
    mode("directory");
    show("umask", umask(0137));
    show("umask", umask(0777777));
    show("umask", umask(0022));
    show("device", chmod("/dev/null", 0600));
    show("closed", fchmod(99, 0600));
    show("missing", chmod("gone", 0600));
    int null = open("/dev/null", O_RDWR);
    show("open device", fchmod(null, 0600));
    mkdir("group", 0755);
    show("set group", chmod("group", 02755));
    mkdir("group/inner", 0755);
    mode("group/inner");
    close(open("group/file", O_CREAT | O_RDWR, 0644));
    mode("group/file");
    show("read only", chmod("file", 0400));
    mode("file");
    show("without follow", fchmodat(AT_FDCWD, "link", 0600, AT_SYMLINK_NOFOLLOW));
    return 0;
}
