/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Threads that poll several things, wake each other, and run out of time. */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

static int pipes[4][2], counter;
static volatile int done;

static void *write_later(void *argument)
{
    long which = (long)argument;
    usleep(1000 * (unsigned)which);
    (void)!write(pipes[which][1], "xyz", 3);
    return argument;
}

static void *sleeper(void *argument)
{
    struct pollfd one = {counter, POLLIN, 0};
    show("forever", poll(&one, 1, -1));
    done = 1;
    return argument;
}

static void nothing(int signal)
{
    (void)signal;
}

int main(void)
{
    pthread_t threads[4], waiter;
    struct pollfd entries[4];
    char byte[4];
    struct timespec before, after;
    counter = eventfd(0, 0);
    for (long i = 0; i < 4; i++) {
        (void)!pipe(pipes[i]);
        entries[i] = (struct pollfd){pipes[i][0], POLLIN, 0};
    }
    for (long i = 1; i < 4; i++)
        pthread_create(&threads[i], NULL, write_later, (void *)i);
    /* Each comes once; how many at a time is up to the scheduler. */
    int seen[4] = {0};
    for (int left = 3; left;) {
        int ready = poll(entries, 4, -1), found = 0;
        for (int i = 0; i < 4; i++)
            if (entries[i].revents == POLLIN) {
                seen[i] += (int)read(pipes[i][0], byte, 4);
                found++;
            }
        if (ready != found)
            printf("%d ready, %d found\n", ready, found);
        left -= found;
    }
    printf("%d %d %d %d\n", seen[0], seen[1], seen[2], seen[3]);
    for (int i = 1; i < 4; i++)
        pthread_join(threads[i], NULL);
    clock_gettime(CLOCK_MONOTONIC, &before);
    show("time is over", poll(entries, 4, 20));
    clock_gettime(CLOCK_MONOTONIC, &after);
    long waited =
        (after.tv_sec - before.tv_sec) * 1000000 + (after.tv_nsec - before.tv_nsec) / 1000;
    printf("%d\n", waited >= 20000);
    pthread_create(&waiter, NULL, sleeper, NULL);
    usleep(1000);
    uint64_t value = 1;
    (void)!write(counter, &value, sizeof value);
    pthread_join(waiter, NULL);
    (void)!read(counter, &value, sizeof value);
    struct sigaction action = {.sa_handler = nothing, .sa_flags = SA_RESTART};
    sigaction(SIGUSR1, &action, NULL);
    done = 0;
    pthread_create(&waiter, NULL, sleeper, NULL);
    /* The first one may come before it waits. */
    while (!done) {
        usleep(10000);
        pthread_kill(waiter, SIGUSR1);
    }
    pthread_join(waiter, NULL);
    return 0;
}
