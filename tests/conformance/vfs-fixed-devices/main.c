/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* /dev cannot be changed, whoever asks. */
#define _GNU_SOURCE
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

int main(void)
{
    show("remove", unlink("/dev/null"));
    show("move", rename("/dev/zero", "/dev/one"));
    show("make", open("/dev/new", O_CREAT | O_RDWR, 0600));
    show("directory", mkdir("/dev/new", 0700));
    show("link", symlink("null", "/dev/new"));
    show("mode", chmod("/dev/zero", 0));
    show("truncate", truncate("/dev/null", 0));
    show("empty", open("/dev/null", O_RDWR | O_TRUNC | O_CREAT, 0600) >= 0);
    struct stat status;
    stat("/dev", &status);
    printf("%o\n", status.st_mode);
    stat("/tmp", &status);
    printf("%o\n", status.st_mode);
    stat("/", &status);
    printf("%o\n", status.st_mode & S_IFMT);
    show("list", open("/dev", O_RDONLY | O_DIRECTORY) >= 0);
    return 0;
}
