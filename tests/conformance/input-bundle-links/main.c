/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Symbolic links of a bundle: to files, to directories, to nowhere and in a circle. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void look(const char *path)
{
    char target[64] = "", data[16] = "";
    struct stat status;
    ssize_t length = readlink(path, target, sizeof target);
    int fd = open(path, O_RDONLY), error = fd < 0 ? errno : 0;
    ssize_t got = fd < 0 ? -1 : read(fd, data, sizeof data - 1);
    int found = lstat(path, &status);
    printf("%s -> %s %zd, open %d, read %zd %s, lstat %d %d\n", path, target, length, error, got,
           data, found, S_ISLNK(status.st_mode));
}

int main(void)
{
    look("to-file");
    look("to-directory/file");
    look("to-nowhere");
    look("circle");
    look("up/file");
    return 0;
}
