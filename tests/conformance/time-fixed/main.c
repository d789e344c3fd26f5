/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
    for (int i = 0; i < 3; i++) {
        struct timespec real, monotonic;
        clock_gettime(CLOCK_REALTIME, &real);
        clock_gettime(CLOCK_MONOTONIC, &monotonic);
        printf("%lld %ld %lld %ld\n", (long long)real.tv_sec, real.tv_nsec,
               (long long)monotonic.tv_sec, monotonic.tv_nsec);
        sleep(1);
    }
    return 0;
}
