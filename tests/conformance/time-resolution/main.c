/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* clock_getres writes where it is told, and nowhere else. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#if __riscv_xlen == 64
#define GETRES SYS_clock_getres
#else
#define GETRES SYS_clock_getres_time64
#endif

int main(void)
{
    struct timespec resolution = {-1, -1};
    printf("%d\n", clock_getres(CLOCK_MONOTONIC, &resolution));
    printf("%d %d\n", resolution.tv_sec == 0, resolution.tv_nsec > 0);
    long result = syscall(GETRES, CLOCK_MONOTONIC, (void *)16);
    printf("%ld %s\n", result, strerror(errno));
    return 0;
}
