/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* With time denied the monotonic clock works and the time of day ends the run. */
#include <stdio.h>
#include <time.h>

int main(void)
{
    struct timespec now;
    printf("%d\n", clock_gettime(CLOCK_MONOTONIC, &now));
    fflush(stdout);
    printf("%lld\n", (long long)time(NULL));
    return 0;
}
