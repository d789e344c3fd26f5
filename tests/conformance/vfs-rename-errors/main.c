/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What renameat2 refuses. */
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

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#define RENAME_EXCHANGE 2
#endif

static long rename2(const char *from, const char *to, unsigned flags)
{
    return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags);
}

static void make(const char *path, const char *text)
{
    int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    (void)!write(fd, text, strlen(text));
    close(fd);
}

int main(void)
{
    mkdir("empty", 0755);
    mkdir("full", 0755);
    mkdir("full/inner", 0755);
    make("file", "text");
    show("symlink", symlink("full", "link"));
    show("missing", rename("gone", "x"));
    show("missing directory", rename("file", "gone/x"));
    show("file over directory", rename("file", "empty"));
    show("directory over file", rename("empty", "file"));
    show("over full", rename("empty", "full"));
    show("over its parent", rename("full/inner", "full"));
    show("below itself", rename("full", "full/inner/x"));
    show("into itself", rename("full", "full/x"));
    show("dot", rename(".", "x"));
    show("dot dot", rename("full/..", "x"));
    show("to dot", rename("full", "."));
    show("root", rename("/", "x"));
    show("file slash", rename("file/", "x"));
    show("to slash", rename("file", "x/"));
    show("link slash", rename("link/", "x"));
    show("below a file", rename("file/x", "y"));
    show("flags", rename2("file", "x", 8));
    show("flags", rename2("file", "x", RENAME_NOREPLACE | RENAME_EXCHANGE));
    show("exchange with nothing", rename2("file", "gone", RENAME_EXCHANGE));
    show("exchange with parent", rename2("full/inner", "full", RENAME_EXCHANGE));
    show("exchange with child", rename2("full", "full/inner", RENAME_EXCHANGE));
    show("exchange to slash", rename2("full", "file/", RENAME_EXCHANGE));
    show("no replace", rename2("file", "empty", RENAME_NOREPLACE));
    show("no replace dot", rename2("file", ".", RENAME_NOREPLACE));
    show("from", syscall(SYS_renameat2, AT_FDCWD, (void *)8, AT_FDCWD, "x", 0));
    show("to", syscall(SYS_renameat2, AT_FDCWD, "file", AT_FDCWD, (void *)8, 0));
    show("closed", syscall(SYS_renameat2, 99, "file", AT_FDCWD, "x", 0));
    show("closed", syscall(SYS_renameat2, AT_FDCWD, "file", 99, "x", 0));
    show("empty", rename("", "x"));
    show("empty", rename("file", ""));
    show("in /dev", rename("/dev/null", "/dev/nothing"));
    int fd = open("empty", O_RDONLY | O_DIRECTORY);
    rmdir("empty");
    show("into a removed one", renameat(AT_FDCWD, "file", fd, "x"));
    show("still there", access("file", F_OK));
    return 0;
}
