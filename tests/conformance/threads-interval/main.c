/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The time slice of a thread, and where it is written. */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef SYS_sched_rr_get_interval
#define SYS_sched_rr_get_interval 423 /* with 64 bits for the time, on riscv32 */
#endif

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    struct timespec slice = {-1, -1};
    show("own", syscall(SYS_sched_rr_get_interval, 0, &slice));
    printf("%d %d\n", slice.tv_sec == 0, slice.tv_nsec >= 0);
    show("negative", syscall(SYS_sched_rr_get_interval, -1, &slice));
    show("nobody's", syscall(SYS_sched_rr_get_interval, 4194303, &slice));
    show("to nowhere", syscall(SYS_sched_rr_get_interval, 0, (void *)8));
    return 0;
}
