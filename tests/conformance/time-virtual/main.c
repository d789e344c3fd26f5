/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The clock starts at the manifest's epoch, a reading takes 1 us, sleeping takes no instructions.
 */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static void show(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    printf("%lld.%09ld\n", (long long)now.tv_sec, now.tv_nsec);
}

int main(void)
{
    show(CLOCK_REALTIME);
    show(CLOCK_MONOTONIC);
    sleep(3600);
    show(CLOCK_MONOTONIC);
    show(CLOCK_REALTIME);
    time_t now = time(NULL);
    fputs(asctime(gmtime(&now)), stdout);
    return 0;
}
