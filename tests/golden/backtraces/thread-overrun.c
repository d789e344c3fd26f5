/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A thread's stack runs over into its guard, which is seen when the thread next waits. */
#include <pthread.h>
#include <sched.h>

__attribute__((noinline)) static int fill(int depth)
{
    volatile char room[4096];
    for (unsigned i = 0; i < sizeof room; i++)
        room[i] = 1;
    if (depth > 0)
        return fill(depth - 1) + room[depth];
    return sched_yield() + room[depth];
}

static void *worker(void *argument)
{
    return (void *)(long)fill(argument ? 4 : 33);
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, worker, NULL);
    for (int i = 0; i < 5; i++)
        sched_yield();
    pthread_join(thread, NULL);
    return 0;
}
