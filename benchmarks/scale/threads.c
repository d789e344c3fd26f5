/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* One operation: a thread with a stack of 8 KiB that is alive together with all others. */
#include "../programs/bench.h"
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static long alive;
static int open_gate;

static void *live(void *argument)
{
    pthread_mutex_lock(&lock);
    alive++;
    while (!open_gate)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    long count = repetitions();
    pthread_t *threads = malloc((count + 1) * sizeof *threads);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 8192);
    for (long i = 0; i < count; i++)
        if (pthread_create(&threads[i], &attributes, live, (void *)i))
            return 2;
    while (alive < count)
        sched_yield();
    pthread_mutex_lock(&lock);
    open_gate = 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    for (long i = 0; i < count; i++) {
        void *result;
        if (pthread_join(threads[i], &result) || (long)result != i)
            return 3;
    }
    return 0;
}
