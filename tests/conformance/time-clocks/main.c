/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Clocks never go back, agree with each other, and have a resolution. */
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#ifndef SYS_clock_gettime
#define SYS_clock_gettime SYS_clock_gettime64 /* riscv32 */
#endif

static int later(struct timespec a, struct timespec b)
{
    return b.tv_sec > a.tv_sec || (b.tv_sec == a.tv_sec && b.tv_nsec >= a.tv_nsec);
}

int main(void)
{
    static const clockid_t clocks[] = {0, 1, 2, 3, 4, 5, 6, 7, 11};
    for (int i = 0; i < 9; i++) {
        struct timespec a, b, resolution;
        int good = clock_gettime(clocks[i], &a) == 0 && clock_gettime(clocks[i], &b) == 0;
        good = good && later(a, b) && clock_getres(clocks[i], &resolution) == 0;
        printf("%d %d\n", clocks[i],
               good && resolution.tv_sec == 0 && resolution.tv_nsec >= 1 && a.tv_nsec < 1000000000);
    }
    struct timespec now;
    struct timeval time_of_day;
    clock_gettime(CLOCK_REALTIME, &now);
    gettimeofday(&time_of_day, NULL);
    time_t seconds = time(NULL);
    printf("%d %d\n", time_of_day.tv_sec - now.tv_sec <= 1, seconds - now.tv_sec <= 1);
    printf("%d\n", clock() >= 0);
    printf("%d", clock_gettime(99, &now));
    printf(" %d\n", errno == EINVAL);
    printf("%d", clock_getres(99, &now));
    printf(" %d\n", errno == EINVAL);
    printf("%d\n", clock_getres(CLOCK_MONOTONIC, NULL));
    printf("%ld", syscall(SYS_clock_gettime, CLOCK_MONOTONIC, (void *)8));
    printf(" %d\n", errno == EFAULT);
    return 0;
}
