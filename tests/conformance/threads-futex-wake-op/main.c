/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* FUTEX_WAKE_OP: every change, every comparison, and whom it wakes. */
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_futex
#define SYS_futex SYS_futex_time64 /* riscv32 */
#endif

static int first, second;

static long wake_op(int most, int most2, unsigned coded)
{
    return syscall(SYS_futex, &first, FUTEX_WAKE_OP, most, (long)most2, &second, coded);
}

static void *run(void *futex)
{
    syscall(SYS_futex, futex, FUTEX_WAIT, *(int *)futex, NULL);
    return NULL;
}

static void with(const char *what, unsigned coded)
{
    pthread_t threads[2];
    second = 6;
    pthread_create(&threads[0], NULL, run, &first);
    pthread_create(&threads[1], NULL, run, &second);
    usleep(50000);
    errno = 0;
    long woken = wake_op(1, 1, coded);
    printf("%s: %ld %d %d\n", what, woken, second, errno);
    syscall(SYS_futex, &first, FUTEX_WAKE, 1);
    syscall(SYS_futex, &second, FUTEX_WAKE, 1);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
}

int main(void)
{
    with("set, equal", FUTEX_OP(FUTEX_OP_SET, 3, FUTEX_OP_CMP_EQ, 6));
    with("add, not equal", FUTEX_OP(FUTEX_OP_ADD, 3, FUTEX_OP_CMP_NE, 6));
    with("or, less", FUTEX_OP(FUTEX_OP_OR, 9, FUTEX_OP_CMP_LT, 7));
    with("and not, less", FUTEX_OP(FUTEX_OP_ANDN, 2, FUTEX_OP_CMP_LT, 6));
    with("xor, at most", FUTEX_OP(FUTEX_OP_XOR, 0xf0, FUTEX_OP_CMP_LE, 6));
    with("add less than none, greater", FUTEX_OP(FUTEX_OP_ADD, 0xfff, FUTEX_OP_CMP_GT, 5));
    with("at least", FUTEX_OP(FUTEX_OP_SET, 0, FUTEX_OP_CMP_GE, 7));
    with("greater than less than none", FUTEX_OP(FUTEX_OP_SET, 0, FUTEX_OP_CMP_GT, 0xfff));
    with("shifted", FUTEX_OP(FUTEX_OP_SET | FUTEX_OP_OPARG_SHIFT, 5, FUTEX_OP_CMP_EQ, 6));
    with("unknown change", FUTEX_OP(5, 1, FUTEX_OP_CMP_EQ, 6));
    errno = 0;
    long result = syscall(SYS_futex, &first, FUTEX_WAKE_OP, 1, 1L, (char *)&second + 2, 0);
    printf("misaligned: %ld %d\n", result, errno == EINVAL);
    result = syscall(SYS_futex, &first, FUTEX_WAKE_OP, 1, 1L, (int *)16, 0);
    printf("no memory: %ld %d\n", result, errno == EFAULT);
    return 0;
}
