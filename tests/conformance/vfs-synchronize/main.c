/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* fsync, fdatasync, sync. */
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
    int fd = open("file", O_CREAT | O_RDWR, 0600), pipes[2];
    show("fsync", fsync(fd));
    show("fdatasync", fdatasync(fd));
    show("directory", fsync(open(".", O_RDONLY)));
    (void)!pipe(pipes);
    show("pipe", fsync(pipes[0]));
    show("pipe", fdatasync(pipes[1]));
    show("device", fsync(open("/dev/null", O_RDWR)));
    show("closed", fsync(99));
    show("closed", fdatasync(99));
    sync();
    return 0;
}
