/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* EMFILE of every call that opens. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    int pair[2];
    while (dup(0) >= 0)
        ;
    show("dup", -1);
    show("open", open("/dev/null", O_RDONLY));
    show("missing", open("gone", O_RDONLY));
    show("fcntl", fcntl(0, F_DUPFD, 3));
    show("pipe", pipe(pair));
    show("eventfd", eventfd(0, 0));
    show("memfd", memfd_create("x", 0));
    show("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
    close(10);
    show("one is not enough", pipe(pair));
    show("one", open("/dev/null", O_RDONLY));
    return 0;
}
