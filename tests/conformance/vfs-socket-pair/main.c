/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Two connected sockets. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

static int pair[2];

static void *answer(void *argument)
{
    char text[20];
    long got = read(pair[1], text, sizeof text);
    (void)!write(pair[1], text, got);
    (void)!write(pair[1], "!", 1);
    return argument;
}

int main(void)
{
    char text[20] = "";
    struct stat status;
    pthread_t thread;
    int count;
    show("pair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
    fstat(pair[0], &status);
    printf("%o\n", status.st_mode & S_IFMT);
    pthread_create(&thread, NULL, answer, NULL);
    show("write", write(pair[0], "question", 8));
    pthread_join(thread, NULL);
    show("available", ioctl(pair[0], FIONREAD, &count));
    printf("%d\n", count);
    show("read", read(pair[0], text, sizeof text));
    printf("%.9s\n", text);
    show("both ways", write(pair[0], "one", 3));
    show("both ways", write(pair[1], "two!", 4));
    show("read", read(pair[0], text, sizeof text));
    show("seek", lseek(pair[0], 0, SEEK_SET));
    show("pread", pread(pair[0], text, 1, 0));
    show("sync", fsync(pair[0]));
    show("close", close(pair[0]));
    show("read", read(pair[1], text, sizeof text));
    show("end", read(pair[1], text, sizeof text));
    show("pair", socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair));
    show("flags", fcntl(pair[1], F_GETFD) | (fcntl(pair[1], F_GETFL) & O_NONBLOCK));
    show("empty", read(pair[0], text, 1));
    (void)!write(pair[1], "unread", 6);
    close(pair[0]);
    show("reset", read(pair[1], text, 1));
    show("end", read(pair[1], text, 1));
    show("family", socketpair(AF_INET, SOCK_STREAM, 0, pair));
    show("family", socketpair(1000, SOCK_STREAM, 0, pair));
    show("type", socketpair(AF_UNIX, 14, 0, pair));
    show("type", socketpair(AF_UNIX, SOCK_RDM, 0, pair));
    show("protocol", socketpair(AF_UNIX, SOCK_STREAM, 5, pair));
    show("memory", syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, (void *)8));
    while (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0)
        ;
    show("too many", -1);
    return 0;
}
