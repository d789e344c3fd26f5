/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* select and pselect: sets that are read and written. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
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

static int pipes[2];

static void *write_later(void *argument)
{
    usleep(1000);
    (void)!write(pipes[1], "x", 1);
    return argument;
}

static void caught(int signal)
{
    printf("signal %d\n", signal);
}

int main(void)
{
    int other[2];
    pthread_t thread;
    fd_set in, out, except;
    struct timeval none = {0, 0}, some = {0, 5000};
    (void)!pipe(pipes);
    (void)!pipe(other);
    close(other[0]);
    FD_ZERO(&in);
    FD_ZERO(&out);
    FD_ZERO(&except);
    FD_SET(pipes[0], &in);
    FD_SET(pipes[1], &out);
    FD_SET(pipes[1], &except);
    show("room", select(20, &in, &out, &except, &none));
    printf("%d %d %d\n", !!FD_ISSET(pipes[0], &in), !!FD_ISSET(pipes[1], &out),
           !!FD_ISSET(pipes[1], &except));
    FD_SET(pipes[0], &in);
    show("in time", select(20, &in, NULL, NULL, &some));
    printf("%d\n", !!FD_ISSET(pipes[0], &in));
    FD_SET(pipes[0], &in);
    pthread_create(&thread, NULL, write_later, NULL);
    show("waited", select(20, &in, NULL, NULL, NULL));
    printf("%d\n", !!FD_ISSET(pipes[0], &in));
    pthread_join(thread, NULL);
    FD_ZERO(&out);
    FD_SET(other[1], &out);
    show("broken", select(20, NULL, &out, NULL, NULL));
    show("nothing", select(0, NULL, NULL, NULL, &none));
    FD_SET(19, &in);
    close(19);
    show("closed", select(20, &in, NULL, NULL, NULL));
    show("negative", syscall(SYS_pselect6, -1, NULL, NULL, NULL, NULL, NULL));
    struct timespec bad = {-1, 0};
    show("time", syscall(SYS_pselect6, 0, NULL, NULL, NULL, &bad, NULL));
    show("memory", syscall(SYS_pselect6, 20, (void *)8, NULL, NULL, NULL, NULL));
    show("memory", syscall(SYS_pselect6, 0, NULL, NULL, NULL, (void *)8, NULL));
    /* The mask holds while it waits: a signal that was blocked gets through. */
    sigset_t mask, empty;
    sigemptyset(&empty);
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    sigprocmask(SIG_BLOCK, &mask, NULL);
    struct sigaction action = {.sa_handler = caught};
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    show("pending", pselect(0, NULL, NULL, NULL, NULL, &empty));
    return 0;
}
