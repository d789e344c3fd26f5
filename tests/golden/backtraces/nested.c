/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* An abort in nested, inlined and recursive calls of a second thread. */
#include <pthread.h>
#include <stdlib.h>

static volatile int depth = 2;

__attribute__((noinline)) static int inner(int n)
{
    if (n == 0)
        abort();
    return n + 1;
}

static inline __attribute__((always_inline)) int middle(int n)
{
    return inner(n) * 3;
}

__attribute__((noinline)) static int outer(int n)
{
    if (n > 0)
        return outer(n - 1) + 1;
    return middle(n) + 1;
}

static void *worker(void *argument)
{
    return (void *)(long)(outer(*(volatile int *)argument) + 1);
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, worker, (void *)&depth);
    pthread_join(thread, NULL);
    return 0;
}
