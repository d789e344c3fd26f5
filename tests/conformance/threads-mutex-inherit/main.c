/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Mutexes with priority inheritance, which the C library leaves to the kernel. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex;
static int count;

static void *add(void *argument)
{
    for (int i = 0; i < 50; i++) {
        pthread_mutex_lock(&mutex);
        int old = count;
        if (i % 10 == 0)
            usleep(100);
        count = old + 1;
        pthread_mutex_unlock(&mutex);
    }
    return argument;
}

static void *wait(void *argument)
{
    struct timespec time;
    printf("try: %s\n", strerror(pthread_mutex_trylock(&mutex)));
    clock_gettime(CLOCK_REALTIME, &time);
    time.tv_nsec = 0;
    time.tv_sec++;
    printf("timed: %s\n", strerror(pthread_mutex_timedlock(&mutex, &time)));
    return argument;
}

int main(void)
{
    pthread_t threads[4];
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    printf("protocol: %d\n", pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT));
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&mutex, &attributes);
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    printf("%d\n", count);
    pthread_mutex_lock(&mutex);
    printf("again: %s\n", strerror(pthread_mutex_lock(&mutex)));
    pthread_create(&threads[0], NULL, wait, NULL);
    pthread_join(threads[0], NULL);
    printf("unlock: %d %d\n", pthread_mutex_unlock(&mutex), pthread_mutex_unlock(&mutex) == EPERM);
    return 0;
}
