/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Two threads that wait for each other's lock. */
#include <pthread.h>
#include <sched.h>

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER, second = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static int take_both(pthread_mutex_t *one, pthread_mutex_t *other)
{
    pthread_mutex_lock(one);
    sched_yield();
    return pthread_mutex_lock(other) + 1;
}

static void *worker(void *argument)
{
    return take_both(&second, &first) ? argument : NULL;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, worker, NULL);
    if (take_both(&first, &second))
        pthread_join(thread, NULL);
    return 0;
}
