/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* chdir, fchdir, getcwd. */
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

static char path[4096], start[4096];

/* Where we are, seen from the start. */
static void where(void)
{
    if (!getcwd(path, sizeof path))
        show("getcwd", -1);
    else
        printf(".%s\n", strcmp(path, "/") ? path + strlen(start) : "");
}

int main(void)
{
    (void)!getcwd(start, sizeof start);
    if (!start[1])
        *start = 0;
    mkdir("one", 0755);
    mkdir("one/two", 0755);
    symlink("one/two", "link");
    close(open("file", O_CREAT | O_RDWR, 0600));
    where();
    show("chdir", chdir("one/two"));
    where();
    show("relative", open("inside", O_CREAT | O_RDWR, 0600) >= 0);
    show("up", chdir(".."));
    where();
    show("seen from here", access("two/inside", F_OK));
    show("up", chdir("../link"));
    where();
    int fd = open("../..", O_RDONLY | O_DIRECTORY), file = openat(fd, "file", O_RDONLY);
    show("fchdir", fchdir(fd));
    where();
    show("fchdir file", fchdir(file));
    show("fchdir closed", fchdir(99));
    show("chdir file", chdir("file"));
    show("chdir missing", chdir("gone"));
    show("little room", syscall(SYS_getcwd, path, 1));
    show("no memory", syscall(SYS_getcwd, (void *)8, 4096));
    mkdir("removed", 0755);
    show("chdir", chdir("removed"));
    show("rmdir", rmdir("../removed"));
    where();
    show("in it", open("x", O_CREAT | O_RDWR, 0600));
    show("here", access(".", F_OK));
    show("out", chdir(".."));
    where();
    show("root", chdir("/"));
    show("above the root", chdir("../.."));
    printf("%s\n", getcwd(path, sizeof path));
    return 0;
}
