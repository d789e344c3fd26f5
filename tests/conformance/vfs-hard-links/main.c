/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Several names of one file. */
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
    struct stat one, two;
    char text[10];
    int fd = open("one", O_CREAT | O_RDWR, 0600);
    (void)!write(fd, "text", 4);
    show("link", link("one", "two"));
    stat("one", &one);
    stat("two", &two);
    printf("%d %ld\n", one.st_ino == two.st_ino, (long)one.st_nlink);
    show("exists", link("one", "two"));
    mkdir("directory", 0755);
    show("directory", link("directory", "three"));
    show("missing", link("gone", "three"));
    show("to missing", link("one", "gone/three"));
    show("slash", link("one", "three/"));
    show("below a file", link("one", "two/three"));
    show("unlink", unlink("one"));
    stat("two", &two);
    printf("%ld\n", (long)two.st_nlink);
    int second = open("two", O_RDONLY);
    show("read", read(second, text, sizeof text));
    symlink("two", "symbolic");
    show("of a link", link("symbolic", "link"));
    lstat("link", &one);
    printf("%d %ld\n", S_ISLNK(one.st_mode), (long)one.st_nlink);
    show("followed", linkat(AT_FDCWD, "symbolic", AT_FDCWD, "followed", AT_SYMLINK_FOLLOW));
    lstat("followed", &one);
    printf("%d %ld\n", S_ISREG(one.st_mode), (long)one.st_nlink);
    show("flags", linkat(AT_FDCWD, "two", AT_FDCWD, "x", 1));
    show("from /proc", link("/proc/self/maps", "maps"));
    show("into /dev", link("two", "/dev/two"));
    show("from closed", linkat(99, "two", AT_FDCWD, "x", 0));
    show("to closed", linkat(AT_FDCWD, "two", 99, "x", 0));
    show("memory", syscall(SYS_linkat, AT_FDCWD, (void *)8, AT_FDCWD, "x", 0));
    unlink("two");
    unlink("followed");
    char name[40];
    snprintf(name, sizeof name, "/proc/self/fd/%d", second);
    show("after the last", linkat(AT_FDCWD, name, AT_FDCWD, "back", AT_SYMLINK_FOLLOW));
    fstat(second, &one);
    printf("%ld\n", (long)one.st_nlink);
    return 0;
}
