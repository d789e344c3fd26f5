/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* One operation: a wait and the wake that ends it, while 64 other threads wait on words of theirs.
 */
#include "../programs/bench.h"
#include <linux/futex.h>
#include <pthread.h>
#include <sys/syscall.h>

enum { OTHERS = 64 };

static int turn, stop[OTHERS];

static long futex(int *word, int operation, int value)
{
    return syscall(SYS_futex, word, operation, value, NULL, NULL, 0);
}

static void give(int to)
{
    turn = to;
    futex(&turn, FUTEX_WAKE_PRIVATE, 1);
}

static void *answer(void *count)
{
    for (long left = (long)count; left; left--) {
        while (turn != 1)
            futex(&turn, FUTEX_WAIT_PRIVATE, 0);
        give(0);
    }
    return NULL;
}

static void *rest(void *word)
{
    while (!*(volatile int *)word)
        futex(word, FUTEX_WAIT_PRIVATE, 0);
    return NULL;
}

int main(void)
{
    /* A round is two operations. */
    long rounds = repetitions() / 2;
    pthread_t others[OTHERS], other;
    for (int i = 0; i < OTHERS; i++)
        if (pthread_create(&others[i], NULL, rest, &stop[i]))
            return 2;
    if (pthread_create(&other, NULL, answer, (void *)rounds))
        return 2;
    for (long left = rounds; left; left--) {
        give(1);
        while (turn != 0)
            futex(&turn, FUTEX_WAIT_PRIVATE, 1);
    }
    pthread_join(other, NULL);
    for (int i = 0; i < OTHERS; i++) {
        stop[i] = 1;
        futex(&stop[i], FUTEX_WAKE_PRIVATE, 1);
        pthread_join(others[i], NULL);
    }
    return 0;
}
