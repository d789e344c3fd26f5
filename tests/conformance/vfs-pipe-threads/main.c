/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Threads that wait at pipes, for bytes and for room. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

static int there[2], back[2];
enum { TOTAL = 300000 };

static void *echo(void *argument)
{
    static char buffer[7000];
    long got;
    while ((got = read(there[0], buffer, sizeof buffer)) > 0)
        for (long put = 0; put < got;)
            put += write(back[1], buffer + put, got - put);
    close(back[1]);
    return argument;
}

static void *feed(void *argument)
{
    static char data[TOTAL];
    for (int i = 0; i < TOTAL; i++)
        data[i] = (char)(i * 3 + i / 1000);
    /* In one call, through a pipe that holds less. */
    show("write", write(there[1], data, TOTAL));
    close(there[1]);
    return argument;
}

int main(void)
{
    static char buffer[3000];
    pthread_t one, two;
    long total = 0, got, bad = 0;
    (void)!pipe(there);
    (void)!pipe(back);
    pthread_create(&one, NULL, echo, NULL);
    pthread_create(&two, NULL, feed, NULL);
    while ((got = read(back[0], buffer, sizeof buffer)) > 0)
        for (long i = 0; i < got; i++, total++)
            bad += buffer[i] != (char)(total * 3 + total / 1000);
    show("end", got);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    printf("%ld %ld\n", total, bad);
    return 0;
}
