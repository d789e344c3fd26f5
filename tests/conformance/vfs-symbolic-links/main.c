/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Symbolic links: texts, ways through them, loops. */
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
    static char long_text[5000], text[5000];
    struct stat status;
    char name[20];
    mkdir("directory", 0755);
    mkdir("directory/inner", 0755);
    close(open("directory/file", O_CREAT | O_RDWR, 0644));
    show("make", symlink("directory", "link"));
    show("make", symlink("../file", "directory/inner/up"));
    show("make", symlink("link/inner/up", "far"));
    show("make", symlink("./directory//inner/", "slash"));
    show("read", readlink("link", text, sizeof text));
    printf("%.9s\n", text);
    memset(text, 0, sizeof text);
    show("cut", readlink("link", text, 3));
    printf("%s\n", text);
    show("through", access("link/file", F_OK));
    show("through", access("directory/inner/up", F_OK));
    show("through", access("far", F_OK));
    show("through", access("slash/up", F_OK));
    show("through", access("link/../link/./inner/../file", F_OK));
    lstat("link", &status);
    printf("%o %ld\n", status.st_mode, (long)status.st_size);
    lstat("link/", &status);
    printf("%o\n", status.st_mode & S_IFMT);
    show("file slash", lstat("far/", &status));
    show("exists", symlink("x", "link"));
    show("empty", symlink("", "x"));
    show("slash", symlink("x", "new/"));
    show("not a link", readlink("directory", text, sizeof text));
    show("missing", readlink("gone", text, sizeof text));
    show("no room", syscall(SYS_readlinkat, AT_FDCWD, "link", text, 0));
    show("memory", syscall(SYS_readlinkat, AT_FDCWD, "link", (void *)8, 10));
    show("closed", readlinkat(99, "link", text, sizeof text));
    show("self", symlink("self", "self"));
    show("loop", open("self", O_RDONLY));
    symlink("b", "a");
    symlink("a", "b");
    show("loop", stat("a", &status));
    show("loop inside", access("a/x", F_OK));
    show("not followed", lstat("a", &status));
    /* As many as Linux follows, and one more. */
    symlink("directory", "chain-0");
    for (int i = 1; i <= 40; i++) {
        char next[20];
        snprintf(name, sizeof name, "chain-%d", i - 1);
        snprintf(next, sizeof next, "chain-%d", i);
        symlink(name, next);
    }
    show("39", access("chain-39", F_OK));
    show("40", access("chain-40", F_OK));
    memset(long_text, 'x', sizeof long_text - 1);
    show("long", symlink(long_text, "x"));
    long_text[4095] = 0;
    show("longest", symlink(long_text, "longest"));
    show("read", readlink("longest", text, sizeof text));
    show("follow", access("longest", F_OK));
    show("memory", syscall(SYS_symlinkat, (void *)8, AT_FDCWD, "x"));
    show("memory", syscall(SYS_symlinkat, "x", AT_FDCWD, (void *)8));
    show("closed", symlinkat("x", 99, "y"));
    show("in /dev", symlink("x", "/dev/y"));
    show("unlink", unlink("link"));
    show("directory stays", access("directory/file", F_OK));
    show("absolute", symlink("/dev/null", "null"));
    stat("null", &status);
    printf("%d\n", S_ISCHR(status.st_mode));
    return 0;
}
