/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A file system that is full, and has room again afterwards. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

static char data[1 << 16];

/* How much a file takes. */
static long fill(const char *path)
{
    long total = 0, put;
    int fd = open(path, O_CREAT | O_WRONLY | O_APPEND, 0600);
    while ((put = write(fd, data, sizeof data)) > 0)
        total += put;
    printf("full: %s\n", strerror(errno));
    close(fd);
    return total;
}

static char name[300];

static long make_file(int i)
{
    snprintf(name, sizeof name, "file-%d", i);
    int fd = open(name, O_CREAT | O_RDWR, 0600);
    return fd < 0 ? fd : close(fd);
}

static long make_directory(int i)
{
    snprintf(name, sizeof name, "directory-%d", i);
    return mkdir(name, 0700);
}

static long make_node(int i)
{
    snprintf(name, sizeof name, "node-%d", i);
    return mknod(name, S_IFREG | 0600, 0);
}

static long make_link(int i)
{
    snprintf(name, sizeof name, "link-%d", i);
    return symlink("text", name);
}

static long make_name(int i)
{
    snprintf(name, sizeof name, "name-%d", i);
    return link("small", name);
}

/* Longer names each time, of different files. */
static long move(int i)
{
    char from[20];
    snprintf(from, sizeof from, "file-%d", i);
    memset(name, 'n', 250);
    snprintf(name + 200, 50, "%d", i);
    return rename(from, name);
}

static void until(const char *what, long (*call)(int))
{
    int i = 0;
    while (call(i) == 0 && i < 100000)
        i++;
    show(what, -1);
}

int main(void)
{
    int fd = open("small", O_CREAT | O_RDWR, 0600);
    long first = fill("large");
    printf("%d\n", first > (1 << 20));
    show("at once", pwrite(fd, "x", 1, 1 << 30));
    show("pieces", fallocate(fd, 0, 0, 1 << 30));
    show("still good", pwrite(fd, "text", 4, 0));
    until("create", make_file);
    until("mkdir", make_directory);
    until("mknod", make_node);
    until("symlink", make_link);
    until("link", make_name);
    until("rename", move);
    off_t zero = 0, far = 1 << 29;
    show("copy", copy_file_range(fd, &zero, fd, &far, 4, 0));
    show("unlink", unlink("large"));
    for (int i = 0; i < 20; i++) {
        long again = fill("large");
        if (again < first / 4)
            printf("%d: %ld of %ld\n", i, again, first);
        unlink("large");
    }
    void *block = malloc(1 << 20);
    printf("%d\n", block != NULL);
    char text[10];
    show("read", pread(fd, text, sizeof text, 0));
    return 0;
}
