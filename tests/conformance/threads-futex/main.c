/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Waits and wakes by number, bit set and requeue, first in, first out. */
#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_futex
#define SYS_futex SYS_futex_time64 /* riscv32 */
#endif

static int first, second, order[8];
static volatile int ended;

static long futex(int *address, int operation, int value, long timeout, int *other, int value3)
{
    return syscall(SYS_futex, address, operation, value, timeout, other, value3);
}

static void *run(void *argument)
{
    long id = (long)argument;
    long result = futex(&first, FUTEX_WAIT_BITSET, 0, 0, NULL, 1 << id);
    order[ended++] = result == 0 ? (int)id : -1;
    return NULL;
}

/* On Linux the threads run at once, so each wake is followed by what it woke. */
static void until(int count)
{
    while (ended < count)
        usleep(1000);
}

int main(void)
{
    pthread_t threads[8];
    for (long i = 0; i < 8; i++) {
        pthread_create(&threads[i], NULL, run, (void *)i);
        usleep(50000);
    }
    printf("bit set: %ld\n", futex(&first, FUTEX_WAKE_BITSET, INT_MAX, 0, NULL, 1 << 5));
    until(1);
    printf("wake: %ld\n", futex(&first, FUTEX_WAKE, 1, 0, NULL, 0));
    until(2);
    printf("changed: %ld", futex(&first, FUTEX_CMP_REQUEUE, 1, 2, &second, 9));
    printf(" %d\n", errno == EAGAIN);
    printf("requeue: %ld\n", futex(&first, FUTEX_CMP_REQUEUE, 1, 2, &second, 0));
    int count = 3;
    until(count);
    while (futex(&second, FUTEX_WAKE, 1, 0, NULL, 0) == 1)
        until(++count);
    puts("then the rest");
    while (futex(&first, FUTEX_WAKE, 1, 0, NULL, 0) == 1)
        until(++count);
    for (int i = 0; i < 8; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < 8; i++)
        printf("%d ", order[i]);
    printf("\nnobody: %ld\n", futex(&first, FUTEX_WAKE, INT_MAX, 0, NULL, 0));
    return 0;
}
