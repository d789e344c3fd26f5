/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Locks as one process sees them. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    int fd = open("file", O_CREAT | O_RDWR, 0600), read_only = open("file", O_RDONLY);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 10};
    show("lock", fcntl(fd, F_SETLK, &lock));
    show("again", fcntl(fd, F_SETLKW, &lock));
    show("ask", fcntl(fd, F_GETLK, &lock));
    printf("%d\n", lock.l_type == F_UNLCK);
    lock.l_type = F_WRLCK;
    show("read only", fcntl(read_only, F_SETLK, &lock));
    lock.l_type = F_RDLCK;
    show("shared", fcntl(read_only, F_SETLK, &lock));
    lock.l_type = F_UNLCK;
    show("unlock", fcntl(fd, F_SETLK, &lock));
    lock.l_type = 7;
    show("type", fcntl(fd, F_SETLK, &lock));
    lock.l_type = F_RDLCK;
    lock.l_whence = 9;
    show("whence", fcntl(fd, F_SETLK, &lock));
    lock.l_whence = SEEK_SET;
    lock.l_start = -1;
    show("negative", fcntl(fd, F_SETLK, &lock));
    show("memory", fcntl(fd, F_SETLK, (void *)8));
    show("closed", fcntl(99, F_SETLK, &lock));
    show("lockf", lockf(fd, F_TLOCK, 0));
    return 0;
}
