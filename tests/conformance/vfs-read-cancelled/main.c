/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A thread that waits at a pipe can be cancelled, and a signal ends its wait. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

static int pipes[2];

static void cleanup(void *argument)
{
    (void)!write(1, "cancelled\n", 10);
    (void)argument;
}

static void *wait_there(void *argument)
{
    char byte;
    struct iovec piece = {&byte, 1};
    pthread_cleanup_push(cleanup, NULL);
    if (argument)
        readv(pipes[0], &piece, 1);
    else
        read(pipes[0], &byte, 1);
    (void)!write(1, "returned\n", 9);
    pthread_cleanup_pop(0);
    return argument;
}

static volatile int done;

static void handler(int signal)
{
    (void)signal;
}

static void *interrupted(void *argument)
{
    char byte;
    show("interrupted", read(pipes[0], &byte, 1));
    show("full", write(pipes[1], argument, 100000));
    done = 1;
    return NULL;
}

int main(void)
{
    pthread_t thread;
    void *result;
    static char data[100000];
    (void)!pipe(pipes);
    for (long i = 0; i < 2; i++) {
        pthread_create(&thread, NULL, wait_there, (void *)i);
        usleep(10000);
        pthread_cancel(thread);
        pthread_join(thread, &result);
        printf("%d\n", result == PTHREAD_CANCELED);
        fflush(stdout);
    }
    struct sigaction action = {.sa_handler = handler};
    sigaction(SIGUSR1, &action, NULL);
    pthread_create(&thread, NULL, interrupted, data);
    while (!done) {
        usleep(10000);
        pthread_kill(thread, SIGUSR1);
    }
    pthread_join(thread, NULL);
    return 0;
}
