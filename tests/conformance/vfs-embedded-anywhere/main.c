/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Embedded files outside of the working directory, and what else is in the root. */
#define _GNU_SOURCE
#include <dirent.h>
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

static int by_name(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void list(const char *path)
{
    char *names[40];
    int count = 0;
    struct stat status;
    DIR *directory = opendir(path);
    for (struct dirent *entry; (entry = readdir(directory));)
        names[count++] = strdup(entry->d_name);
    closedir(directory);
    qsort(names, count, sizeof *names, by_name);
    stat(path, &status);
    printf("%s %ld:", path, (long)status.st_nlink);
    for (int i = 0; i < count; i++)
        printf(" %s", names[i]);
    printf("\n");
}

int main(void)
{
    char text[20], path[20];
    list("/");
    list("/tmp");
    list("/many");
    list("/dev");
    list("/proc/1");
    printf("%s\n", getcwd(path, sizeof path));
    int fd = open("/top", O_RDONLY);
    printf("%.*s\n", (int)read(fd, text, sizeof text), text);
    show("up", chdir("/"));
    show("rmdir", rmdir("/work/here"));
    show("rmdir", rmdir("/work"));
    show("unlink", unlink("/top"));
    show("unlink", unlink("/tmp/scratch"));
    show("rmdir", rmdir("/tmp"));
    show("mkdir", mkdir("/tmp", 0700));
    list("/");
    show("busy", rmdir("/dev"));
    return 0;
}
