/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mkdir and rmdir, links of directories, and their errors. */
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

static void links(const char *path)
{
    struct stat status;
    if (stat(path, &status))
        show(path, -1);
    else
        printf("%s: %o %ld\n", path, status.st_mode, (long)status.st_nlink);
}

int main(void)
{
    mkdir("top", 0755);
    show("mkdir", mkdir("top/one", 0777));
    show("mkdir", mkdir("top/two/", 01700));
    show("mkdir", mkdir("top/one/deep", 0700));
    links("top");
    links("top/one");
    links("top/two");
    show("exists", mkdir("top/one", 0700));
    show("exists", mkdir(".", 0700));
    show("exists", mkdir("..", 0700));
    show("exists", mkdir("/", 0700));
    show("missing", mkdir("gone/one", 0700));
    close(open("top/file", O_CREAT | O_RDWR, 0600));
    show("file", mkdir("top/file", 0700));
    show("below a file", mkdir("top/file/x", 0700));
    symlink("one", "top/link");
    symlink("nowhere", "top/dangling");
    show("link", mkdir("top/link", 0700));
    show("dangling", mkdir("top/dangling", 0700));
    show("through link", mkdir("top/link/made", 0700));
    links("top/one");
    show("not empty", rmdir("top/one"));
    show("not a directory", rmdir("top/file"));
    show("link", rmdir("top/link"));
    show("link slash", rmdir("top/link/"));
    show("dot", rmdir("top/one/deep/."));
    show("dot dot", rmdir("top/one/deep/.."));
    show("root", rmdir("/"));
    show("missing", rmdir("top/gone"));
    show("rmdir", rmdir("top/one/deep/"));
    show("rmdir", rmdir("top/one/made"));
    show("rmdir", rmdir("top/one"));
    links("top");
    show("dangling now", open("top/link/x", O_CREAT | O_RDWR, 0600));
    show("unlink directory", unlink("top/two"));
    show("unlink dot", unlink("top/two/."));
    show("unlink slash", unlink("top/file/"));
    show("flags", unlinkat(AT_FDCWD, "top/two", 1));
    show("as directory", unlinkat(AT_FDCWD, "top/two", AT_REMOVEDIR));
    links("top");
    int fd = open("top", O_RDONLY | O_DIRECTORY);
    show("mkdirat", mkdirat(fd, "three", 0700));
    show("unlinkat", unlinkat(fd, "file", 0));
    show("in /dev", mkdir("/dev/new", 0700));
    show("in /dev", unlink("/dev/null"));
    show("in /dev", rmdir("/dev/fd"));
    return 0;
}
