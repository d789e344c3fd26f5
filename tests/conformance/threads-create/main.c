/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Threads get their argument, give back a value, and have their own storage. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static __thread long local = 7;
static __thread char zero[1000];

static void *run(void *argument)
{
    long id = (long)argument;
    for (int i = 0; i < 1000; i++)
        if (zero[i])
            return NULL;
    zero[id] = 1;
    local += id;
    return (void *)(local * 100 + (gettid() != getpid()));
}

int main(void)
{
    pthread_t threads[20];
    for (int round = 0; round < 5; round++) {
        for (long i = 0; i < 20; i++)
            if (pthread_create(&threads[i], NULL, run, (void *)i))
                return 1;
        for (int i = 0; i < 20; i++) {
            void *result;
            pthread_join(threads[i], &result);
            printf("%ld ", (long)result);
        }
    }
    printf("\n%ld\n", local);
    return 0;
}
