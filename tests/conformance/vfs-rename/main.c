/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Names that move: over others, between directories, and exchanged. */
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

static void see(const char *path)
{
    char text[20];
    struct stat status;
    int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &status)) {
        show(path, -1);
        return;
    }
    long got = S_ISDIR(status.st_mode) ? 0 : read(fd, text, sizeof text);
    printf("%s: %o %ld '%.*s'\n", path, status.st_mode & S_IFMT, (long)status.st_nlink, (int)got,
           text);
    close(fd);
}

int main(void)
{
    mkdir("one", 0755);
    mkdir("two", 0755);
    mkdir("one/inner", 0755);
    make("a", "text of a");
    make("b", "text of b");
    show("to new", rename("a", "one/a"));
    see("a");
    see("one/a");
    int fd = open("b", O_RDONLY);
    show("over", rename("one/a", "b"));
    see("b");
    char text[20];
    show("old is open", read(fd, text, sizeof text));
    printf("%.9s\n", text);
    show("directory", rename("one/inner", "two/outer"));
    see("one");
    see("two");
    see("two/outer");
    show("over empty", rename("two/outer", "one"));
    see("one");
    see("two");
    see("two/outer");
    show("to itself", rename("b", "b"));
    link("b", "hard");
    show("to its link", rename("b", "hard"));
    see("b");
    see("hard");
    show("no replace", rename2("b", "hard", RENAME_NOREPLACE));
    show("no replace", rename2("b", "fresh", RENAME_NOREPLACE));
    make("other", "another text");
    show("exchange", rename2("other", "fresh", RENAME_EXCHANGE));
    see("other");
    see("fresh");
    mkdir("two/deep", 0755);
    show("exchange kinds", rename2("two/deep", "other", RENAME_EXCHANGE));
    see("two");
    see("two/deep");
    see("other");
    show("cwd", chdir("other"));
    show("rename cwd", rename("../other", "../renamed"));
    char path[4096];
    printf("%s\n", strrchr(getcwd(path, sizeof path), '/'));
    show("slash", rename("../two/", "../second/"));
    see("../second");
    return 0;
}
