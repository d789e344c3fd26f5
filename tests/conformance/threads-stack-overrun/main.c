/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* No memory protection catches a thread that runs over its stack; the canary below it does. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static void *run(void *argument)
{
    pthread_attr_t attributes;
    void *lowest;
    size_t size;
    pthread_getattr_np(pthread_self(), &attributes);
    pthread_attr_getstack(&attributes, &lowest, &size);
    /* As a function would that calls itself too often. */
    for (volatile char *p = (char *)lowest + 64; p > (char *)lowest - 64; p--)
        *p = 1;
    sched_yield();
    return argument;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    puts("not reached");
    return 0;
}
