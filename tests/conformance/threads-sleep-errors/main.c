/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* nanosleep and clock_nanosleep by themselves; riscv32 has the latter only. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#if __riscv_xlen == 64
#define NANOSLEEP SYS_nanosleep
#define CLOCK_NANOSLEEP SYS_clock_nanosleep
#else
#define CLOCK_NANOSLEEP SYS_clock_nanosleep_time64
#define NANOSLEEP CLOCK_NANOSLEEP, CLOCK_MONOTONIC, 0
#endif

static void try(const char *what, const void *time, void *left)
{
    errno = 0;
    long result = syscall(NANOSLEEP, time, left);
    printf("%s: %ld %s\n", what, result, errno ? strerror(errno) : "");
}

int main(void)
{
    struct timespec negative = {-1, 0}, large = {0, 1000000000}, short_one = {0, 1000};
    try("no memory", (void *)16, NULL);
    try("negative", &negative, NULL);
    try("large", &large, NULL);
    try("no memory for what is left", &short_one, (void *)16);
    printf("%ld ", syscall(CLOCK_NANOSLEEP, CLOCK_MONOTONIC, 0, (void *)16, NULL));
    printf("%d\n", errno == EFAULT);
    return 0;
}
