/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* clock_nanosleep: which clocks sleep, absolute times, what is left, and what is refused. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void handle(int signal)
{
    (void)signal;
}

static long long milliseconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void *sleeper(void *absolute)
{
    struct timespec time = {100, 0}, left = {-1, -1};
    int flags = 0;
    if (absolute) {
        clock_gettime(CLOCK_MONOTONIC, &time);
        time.tv_sec += 100;
        flags = TIMER_ABSTIME;
    }
    int result = clock_nanosleep(CLOCK_MONOTONIC, flags, &time, &left);
    printf("%s, left %d\n", strerror(result), (int)left.tv_sec);
    return NULL;
}

int main(void)
{
    clockid_t clocks[] = {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME, CLOCK_TAI};
    struct timespec time = {0, 20000000}, negative = {-1, 0}, large = {0, 1000000000};
    for (int i = 0; i < 4; i++) {
        long long before = milliseconds(clocks[i]);
        int result = clock_nanosleep(clocks[i], 0, &time, NULL);
        long long took = milliseconds(clocks[i]) - before;
        struct timespec until;
        clock_gettime(clocks[i], &until);
        until.tv_sec++;
        before = milliseconds(clocks[i]);
        int absolute = clock_nanosleep(clocks[i], TIMER_ABSTIME, &until, NULL);
        long long waited = milliseconds(clocks[i]) - before;
        printf("%d %d %d %d\n", result, took >= 19, absolute, waited >= 999);
    }
    time = (struct timespec){0, 0};
    printf("past: %d\n", clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &time, NULL));
    printf("thread: %s\n", strerror(clock_nanosleep(CLOCK_THREAD_CPUTIME_ID, 0, &time, NULL)));
    printf("raw: %s\n", strerror(clock_nanosleep(CLOCK_MONOTONIC_RAW, 0, &time, NULL)));
    printf("coarse: %s\n", strerror(clock_nanosleep(CLOCK_REALTIME_COARSE, 0, &time, NULL)));
    printf("unknown: %s\n", strerror(clock_nanosleep(77, 0, &time, NULL)));
    printf("negative: %s\n", strerror(clock_nanosleep(CLOCK_MONOTONIC, 0, &negative, NULL)));
    printf("large: %s\n", strerror(clock_nanosleep(CLOCK_MONOTONIC, 0, &large, NULL)));
    struct sigaction action = {.sa_handler = handle};
    sigaction(SIGUSR1, &action, NULL);
    for (long i = 0; i < 2; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, sleeper, (void *)i);
        usleep(50000);
        pthread_kill(thread, SIGUSR1);
        pthread_join(thread, NULL);
    }
    return 0;
}
