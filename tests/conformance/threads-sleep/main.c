/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Sleepers wake in the order of their deadlines; threads that run see time pass. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static volatile int done;

static void *run(void *argument)
{
    long milliseconds = (long)argument;
    struct timespec time = {0, milliseconds * 1000000};
    nanosleep(&time, NULL);
    printf("%ld\n", milliseconds);
    done++;
    return NULL;
}

int main(void)
{
    static const long times[] = {300, 100, 500, 200, 400};
    pthread_t threads[5];
    struct timespec bad = {0, -1}, zero = {0, 0}, past = {0, 1};
    for (int i = 0; i < 5; i++)
        pthread_create(&threads[i], NULL, run, (void *)times[i]);
    while (done < 5)
        sched_yield();
    for (int i = 0; i < 5; i++)
        pthread_join(threads[i], NULL);
    printf("%d", nanosleep(&bad, NULL));
    printf(" %d\n", errno == EINVAL);
    printf("%d\n", nanosleep(&zero, NULL));
    printf("%d\n", clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &past, NULL));
    printf("%d\n", clock_nanosleep(CLOCK_REALTIME, 0, &past, NULL));
    printf("%d\n", clock_nanosleep(12345, 0, &past, NULL) == EINVAL);
    printf("%d\n", clock_nanosleep(CLOCK_MONOTONIC_RAW, 0, &past, NULL) == EOPNOTSUPP);
    printf("%u\n", sleep(1));
    return 0;
}
