/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Ten thousand files in one directory. */
#define _GNU_SOURCE
#include <dirent.h>
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

enum { COUNT = 10000 };

int main(void)
{
    char name[30], data[30];
    int bad = 0, found = 0;
    mkdir("many", 0755);
    for (int i = 0; i < COUNT; i++) {
        int length = snprintf(name, sizeof name, "many/%d", i * 7);
        int fd = open(name, O_CREAT | O_EXCL | O_WRONLY, 0600);
        bad += fd < 0 || write(fd, name, length) != length;
        close(fd);
    }
    printf("made, %d bad\n", bad);
    for (int i = COUNT; i-- > 0;) {
        int length = snprintf(name, sizeof name, "many/%d", i * 7);
        int fd = open(name, O_RDONLY);
        bad += read(fd, data, sizeof data) != length || memcmp(name, data, length);
        close(fd);
    }
    printf("read, %d bad\n", bad);
    DIR *directory = opendir("many");
    while (readdir(directory))
        found++;
    closedir(directory);
    printf("%d found\n", found);
    show("again", open("many/7", O_CREAT | O_EXCL | O_WRONLY, 0600));
    show("missing", open("many/8", O_RDONLY));
    for (int i = 0; i < COUNT; i++) {
        snprintf(name, sizeof name, "many/%d", i * 7);
        bad += unlink(name) != 0;
    }
    show("rmdir", rmdir("many"));
    printf("%d bad\n", bad);
    return 0;
}
