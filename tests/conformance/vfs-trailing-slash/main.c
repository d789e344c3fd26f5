/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Paths that end with a slash where a file may be made, and names that are too long: what is said
 * first where more than one thing is wrong. */
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

static void make(const char *what, const char *path, int flags)
{
    int fd = open(path, O_RDWR | O_CREAT | flags, 0600);
    show(what, fd < 0 ? fd : 0);
    if (fd >= 0)
        close(fd);
}

int main(void)
{
    static char name[300], slash[300], below[300] = "file/";
    memset(name, 'n', 256);
    memset(slash, 'n', 256);
    slash[256] = '/';
    memcpy(below + 5, name, 257);
    mkdir("directory", 0755);
    make("file", "file", 0);
    show("links", symlink("nowhere", "dangling") | symlink("loop", "loop") |
                      symlink("made/", "ends") | symlink("directory", "to"));
    make("nothing", "new/", 0);
    make("nothing, exclusive", "new/", O_EXCL);
    make("file", "file/", 0);
    make("file, exclusive", "file//", O_EXCL);
    make("directory", "directory/", 0);
    make("directory, exclusive", "directory/", O_EXCL);
    make("directory by dot", "directory/./", O_EXCL);
    make("dangling link", "dangling/", 0);
    make("loop", "loop/", 0);
    make("loop, not followed", "loop/", O_NOFOLLOW);
    make("link to a directory", "to/", 0);
    make("link that ends so", "ends", 0);
    make("too long", slash, 0);
    make("below a file", "file/x/", 0);
    show("without making", open("file/", O_RDONLY));
    make("too long below a file", below, 0);
    show("rename to too long", rename("file", name));
    show("rename nothing to too long", rename("gone", name));
    show("rename too long", rename(name, "x"));
    show("rename too long below nothing", rename(name, "gone/x"));
    show("rename too long to a dot", rename(name, "."));
    show("rename to too long from a dot", rename(".", name));
    show("link to too long", link("gone", name));
    show("unlink too long", unlink(name));
    show("rmdir too long", rmdir(name));
    show("mkdir too long", mkdir(name, 0755));
    return 0;
}
