/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Files and directories of the manifest: read, listed, written, removed, like any others. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int by_name(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void list(const char *path)
{
    char *names[20];
    int count = 0;
    DIR *directory = opendir(path);
    for (struct dirent *entry; (entry = readdir(directory));)
        names[count++] = strdup(entry->d_name);
    closedir(directory);
    qsort(names, count, sizeof *names, by_name);
    printf("%s:", path);
    for (int i = 0; i < count; i++)
        printf(" %s", names[i]);
    printf("\n");
}

static void show(const char *path)
{
    char buffer[100];
    struct stat status;
    int fd = open(path, O_RDONLY);
    long got = read(fd, buffer, sizeof buffer);
    if (fd < 0 || fstat(fd, &status)) {
        printf("%s: gone\n", path);
        return;
    }
    close(fd);
    printf("%s: %o %ld %d '%.*s'\n", path, status.st_mode, (long)status.st_size,
           (int)status.st_nlink, (int)got, buffer);
}

int main(void)
{
    char target[100];
    struct stat status;
    list(".");
    list("tree");
    list("tree/deep");
    list("a/b/c");
    show("params.bin");
    show("./a/b/../b/c/alias");
    show("tree/nothing");
    show("tree/one.txt");
    show("tree/deep/er/two.txt");
    show("tree/deep/up");
    show("tree/deep/link/two.txt");
    printf("%zd\n", readlink("tree/deep/up", target, sizeof target));
    printf("%d %o\n", lstat("tree/deep/link", &status), status.st_mode & S_IFMT);
    int fd = open("params.bin", O_RDWR);
    printf("%zd\n", pwrite(fd, "HELLO", 5, 0));
    printf("%ld\n", (long)lseek(fd, 0, SEEK_END));
    printf("%zd\n", write(fd, " and more", 9));
    close(fd);
    show("params.bin");
    show("a/b/c/alias");
    fd = open("tree/one.txt", O_WRONLY | O_TRUNC);
    close(fd);
    show("tree/one.txt");
    printf("%d\n", unlink("tree/nothing"));
    printf("%d\n", rename("tree/deep/er", "moved"));
    show("moved/two.txt");
    show("tree/deep/link/two.txt");
    printf("%d\n", unlink("moved/two.txt"));
    printf("%d %d\n", rmdir("moved"), rmdir("tree"));
    printf("%d\n", mkdir("tree/new", 0700));
    fd = open("tree/new/file", O_CREAT | O_WRONLY, 0600);
    printf("%zd\n", write(fd, "x", 1));
    show("tree/new/file");
    list(".");
    list("tree");
    list("tree/new");
    return 0;
}
