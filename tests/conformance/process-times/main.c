/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
    struct tms now;
    clock_t before = times(&now);
    printf("%d %d\n", now.tms_utime >= 0, now.tms_cutime == 0 && now.tms_cstime == 0);
    usleep(30000);
    printf("%d\n", times(&now) - before >= 2);
    printf("%d\n", times(NULL) >= before);
    printf("%d\n", clock() >= 0);
    printf("%ld ", syscall(SYS_times, (void *)16));
    printf("%d\n", errno == EFAULT);
    struct rusage usage;
    printf("%d %d\n", getrusage(RUSAGE_SELF, &usage), getrusage(RUSAGE_CHILDREN, &usage));
    printf("%d ", getrusage(77, &usage));
    printf("%d\n", errno == EINVAL);
    printf("%ld ", syscall(SYS_getrusage, RUSAGE_SELF, (void *)16));
    printf("%d\n", errno == EFAULT);
    return 0;
}
