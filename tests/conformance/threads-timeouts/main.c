/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Timed waits end in the order of their deadlines and never before. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;

static struct timespec in(clockid_t clock, long milliseconds)
{
    struct timespec time;
    clock_gettime(clock, &time);
    time.tv_nsec += milliseconds * 1000000;
    time.tv_sec += time.tv_nsec / 1000000000;
    time.tv_nsec %= 1000000000;
    return time;
}

static void *run(void *argument)
{
    long milliseconds = (long)argument;
    struct timespec until = in(CLOCK_REALTIME, milliseconds);
    pthread_mutex_lock(&mutex);
    int result = pthread_cond_timedwait(&never, &mutex, &until);
    printf("%ld %d\n", milliseconds, result == ETIMEDOUT);
    pthread_mutex_unlock(&mutex);
    return NULL;
}

int main(void)
{
    static const long times[] = {200, 50, 350, 125, 275};
    pthread_t threads[5];
    sem_t semaphore;
    struct timespec start, end, until;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int i = 0; i < 5; i++)
        pthread_create(&threads[i], NULL, run, (void *)times[i]);
    for (int i = 0; i < 5; i++)
        pthread_join(threads[i], NULL);
    clock_gettime(CLOCK_MONOTONIC, &end);
    long passed = (end.tv_sec - start.tv_sec) * 1000 + (end.tv_nsec - start.tv_nsec) / 1000000;
    printf("%d\n", passed >= 349);
    sem_init(&semaphore, 0, 0);
    until = in(CLOCK_REALTIME, 10);
    printf("%d", sem_timedwait(&semaphore, &until));
    printf(" %d\n", errno == ETIMEDOUT);
    pthread_mutex_lock(&mutex);
    until = in(CLOCK_REALTIME, 10);
    printf("%d\n", pthread_mutex_timedlock(&mutex, &until) == ETIMEDOUT);
    return 0;
}
