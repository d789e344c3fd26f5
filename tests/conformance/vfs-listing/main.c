/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A directory that is read while names come and go: each of the others exactly once. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

enum { COUNT = 500 };

static void make(int from, int to)
{
    char name[20];
    for (int i = from; i < to; i++) {
        snprintf(name, sizeof name, "file-%d", i);
        close(open(name, O_CREAT | O_WRONLY, 0600));
    }
}

int main(void)
{
    static int seen[2 * COUNT];
    char name[20];
    int others = 0, dots = 0, twice = 0, missed = 0;
    mkdir("many", 0755);
    (void)!chdir("many");
    make(0, COUNT);
    DIR *directory = opendir(".");
    struct dirent *entry;
    int count = 0;
    while ((entry = readdir(directory))) {
        if (sscanf(entry->d_name, "file-%d", &count) == 1)
            seen[count]++;
        else if (entry->d_name[0] == '.' && entry->d_type == DT_DIR)
            dots++;
        else
            others++;
        if (++missed == 100) {
            /* All that were not made by now are removed or stay; new ones come. */
            for (int i = 0; i < COUNT; i += 10) {
                snprintf(name, sizeof name, "file-%d", i);
                unlink(name);
            }
            make(COUNT, COUNT + 100);
        }
    }
    missed = 0;
    for (int i = 0; i < COUNT; i++) {
        twice += seen[i] > 1;
        missed += seen[i] == 0 && i % 10;
    }
    printf("dots %d others %d twice %d missed %d\n", dots, others, twice, missed);
    rewinddir(directory);
    count = 0;
    while (readdir(directory))
        count++;
    printf("%d\n", count);
    rewinddir(directory);
    for (int i = 0; i < 50; i++)
        readdir(directory);
    long place = telldir(directory);
    entry = readdir(directory);
    char after[20];
    strcpy(after, entry->d_name);
    while (readdir(directory))
        ;
    seekdir(directory, place);
    entry = readdir(directory);
    /* On 32 bits a C library has no room for the places that some file systems have. */
    printf("%d\n", sizeof(long) > 4 ? strcmp(after, entry->d_name) : 0);
    closedir(directory);
    /* Removing all while reading. */
    directory = opendir(".");
    while ((entry = readdir(directory)))
        if (entry->d_name[0] != '.')
            unlink(entry->d_name);
    closedir(directory);
    (void)!chdir("..");
    show("rmdir", rmdir("many"));
    /* The call itself. */
    _Alignas(8) char buffer[1000];
    int fd = open(".", O_RDONLY | O_DIRECTORY), file = open("file", O_CREAT | O_RDWR, 0600);
    show("little", syscall(SYS_getdents64, fd, buffer, 10));
    show("all", syscall(SYS_getdents64, fd, buffer, sizeof buffer) > 0);
    show("end", syscall(SYS_getdents64, fd, buffer, sizeof buffer));
    show("file", syscall(SYS_getdents64, file, buffer, sizeof buffer));
    show("closed", syscall(SYS_getdents64, 99, buffer, sizeof buffer));
    mkdir("gone", 0755);
    fd = open("gone", O_RDONLY | O_DIRECTORY);
    show("memory", syscall(SYS_getdents64, fd, (void *)8, 1000));
    rmdir("gone");
    show("removed", syscall(SYS_getdents64, fd, buffer, sizeof buffer));
    return 0;
}
