/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* /proc/self/fd and /dev/fd: descriptors as names. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

static char start[PATH_MAX];

static void see(int fd)
{
    char name[40], text[PATH_MAX];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    long got = readlink(name, text, sizeof text - 1);
    if (got < 0) {
        show("readlink", -1);
        return;
    }
    text[got] = 0;
    size_t length = strlen(start);
    if (strncmp(text, start, length) == 0)
        memmove(text, text + length, strlen(text + length) + 1);
    char *number = strstr(text, ":[");
    printf("%.*s\n", number && number[2] < 'a' ? (int)(number - text) : 99, text);
}

int main(void)
{
    struct stat one, two;
    int pipes[2];
    char name[40], text[20];
    (void)!getcwd(start, sizeof start);
    if (!start[1])
        *start = 0;
    int fd = open("file", O_CREAT | O_RDWR, 0600);
    (void)!write(fd, "0123456789", 10);
    see(fd);
    rename("file", "renamed");
    see(fd);
    mkdir("directory", 0755);
    int directory = open("directory", O_RDONLY);
    see(directory);
    snprintf(name, sizeof name, "/dev/fd/%d", fd);
    int again = open(name, O_RDONLY);
    show("from the start", read(again, text, 4));
    see(again);
    fstat(fd, &one);
    stat(name, &two);
    printf("%d\n", one.st_ino == two.st_ino);
    lstat(name, &two);
    printf("%d\n", S_ISLNK(two.st_mode));
    show("no follow", open(name, O_RDONLY | O_NOFOLLOW));
    unlink("renamed");
    see(fd);
    show("still opens", open(name, O_RDONLY) >= 0);
    snprintf(name, sizeof name, "/proc/self/fd/%d/inner", directory);
    show("through it", mkdir(name, 0700));
    show("there", access("directory/inner", F_OK));
    show("nothing", access("/proc/self/fd/99", F_OK));
    show("no number", access("/proc/self/fd/x", F_OK));
    show("leading zero", access("/proc/self/fd/00", F_OK));
    (void)!pipe(pipes);
    see(pipes[0]);
    snprintf(name, sizeof name, "/proc/self/fd/%d", pipes[0]);
    int writer = open(name, O_WRONLY);
    show("the other end", write(writer, "x", 1));
    show("read", read(pipes[0], text, 2));
    DIR *list = opendir("/proc/self/fd");
    int count = 0, found = 0;
    for (struct dirent *entry; (entry = readdir(list));) {
        count += entry->d_name[0] != '.';
        found += atoi(entry->d_name) == fd && entry->d_type == DT_LNK;
    }
    printf("%d %d\n", count > 5, found);
    char *real = realpath("directory/../directory/inner", NULL);
    printf("%s\n", real + strlen(start));
    return 0;
}
