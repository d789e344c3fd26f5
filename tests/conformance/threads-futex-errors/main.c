/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <errno.h>
#include <linux/futex.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef SYS_futex
#define SYS_futex SYS_futex_time64 /* riscv32 */
#endif

static int word;

static void try(const char *what, void *address, int operation, int value, const void *timeout,
                void *other, int value3)
{
    errno = 0;
    long result = syscall(SYS_futex, address, operation, value, timeout, other, value3);
    printf("%s: %ld %s\n", what, result,
           errno == 0           ? "ok"
           : errno == EAGAIN    ? "EAGAIN"
           : errno == EINVAL    ? "EINVAL"
           : errno == EFAULT    ? "EFAULT"
           : errno == ENOSYS    ? "ENOSYS"
           : errno == ETIMEDOUT ? "ETIMEDOUT"
                                : "other");
}

int main(void)
{
    struct {
        long long s;
        long n;
    } soon = {0, 1000}, past = {0, 0}, bad = {0, 1000000000}, negative = {-1, 0};
    try("other value", &word, FUTEX_WAIT, 1, NULL, NULL, 0);
    try("misaligned", (char *)&word + 1, FUTEX_WAIT, 0, NULL, NULL, 0);
    try("no memory", (void *)16, FUTEX_WAIT, 0, NULL, NULL, 0);
    try("no bits", &word, FUTEX_WAIT_BITSET, 0, NULL, NULL, 0);
    try("no bits to wake", &word, FUTEX_WAKE_BITSET, 1, NULL, NULL, 0);
    try("operation", &word, 77, 0, NULL, NULL, 0);
    try("bad time", &word, FUTEX_WAIT, 0, &bad, NULL, 0);
    try("negative time", &word, FUTEX_WAIT, 0, &negative, NULL, 0);
    try("time in no memory", &word, FUTEX_WAIT, 0, (void *)24, NULL, 0);
    try("relative", &word, FUTEX_WAIT, 0, &soon, NULL, 0);
    try("private", &word, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 0, &soon, NULL, 0);
    try("absolute", &word, FUTEX_WAIT_BITSET, 0, &past, NULL, 1);
    try("real", &word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 0, &past, NULL, 1);
    try("real wake", &word, FUTEX_WAKE | FUTEX_CLOCK_REALTIME, 1, NULL, NULL, 0);
    try("wake", &word, FUTEX_WAKE, 1, NULL, NULL, 0);
    try("requeue less than none", &word, FUTEX_REQUEUE, -1, NULL, &word, 0);
    return 0;
}
