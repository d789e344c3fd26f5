/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What poll says of pipes, files, devices and counters. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

#ifndef SYS_ppoll
#define SYS_ppoll SYS_ppoll_time64 /* riscv32 */
#endif
#ifndef SYS_pselect6
#define SYS_pselect6 SYS_pselect6_time64
#endif

static void look(const char *what, int fd)
{
    struct pollfd entry = {fd, POLLIN | POLLOUT | POLLPRI, 0};
    int result = poll(&entry, 1, 0);
    printf("%s: %d %x\n", what, result, entry.revents);
}

int main(void)
{
    int pipes[2], pair[2];
    static char data[65536];
    (void)!pipe(pipes);
    look("empty", pipes[0]);
    look("room", pipes[1]);
    (void)!write(pipes[1], data, 1);
    look("something", pipes[0]);
    (void)!write(pipes[1], data, 65535);
    look("full", pipes[1]);
    (void)!read(pipes[0], data, 100);
    look("nearly full", pipes[1]);
    close(pipes[1]);
    look("rest", pipes[0]);
    (void)!read(pipes[0], data, 65536);
    look("closed", pipes[0]);
    close(pipes[0]);
    (void)!pipe(pipes);
    close(pipes[0]);
    look("nobody reads", pipes[1]);
    look("file", open("file", O_CREAT | O_RDWR, 0600));
    look("read only", open("file", O_RDONLY));
    look("directory", open(".", O_RDONLY));
    look("null", open("/dev/null", O_RDWR));
    look("not open", 99);
    look("negative", -1);
    look("zero", eventfd(0, 0));
    look("one", eventfd(1, 0));
    (void)!socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    look("socket", pair[0]);
    (void)!write(pair[1], data, 10);
    look("socket", pair[0]);
    close(pair[1]);
    look("socket", pair[0]);
    struct pollfd both[2] = {{pair[0], POLLIN, 0}, {99, POLLIN, 0}};
    show("both", poll(both, 2, -1));
    show("nothing, in time", poll(NULL, 0, 5));
    struct timespec bad = {0, 1000000000};
    show("time", syscall(SYS_ppoll, NULL, 0, &bad, NULL, 8));
    show("many", syscall(SYS_ppoll, both, -1, NULL, NULL, 8));
    show("memory", syscall(SYS_ppoll, (void *)8, 1, NULL, NULL, 8));
    show("memory", syscall(SYS_ppoll, NULL, 0, (void *)8, NULL, 8));
    show("memory", syscall(SYS_ppoll, NULL, 0, NULL, (void *)8, 8));
    return 0;
}
