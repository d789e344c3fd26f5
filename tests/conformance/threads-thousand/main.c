/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A thousand threads with small stacks, alive at the same time. */
#include <pthread.h>
#include <stdio.h>

#define COUNT 1000

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_here = PTHREAD_COND_INITIALIZER;
static int here;
static long sum;

static void *run(void *argument)
{
    pthread_mutex_lock(&mutex);
    if (++here == COUNT)
        pthread_cond_broadcast(&all_here);
    while (here < COUNT)
        pthread_cond_wait(&all_here, &mutex);
    sum += (long)argument;
    pthread_mutex_unlock(&mutex);
    return NULL;
}

int main(void)
{
    static pthread_t threads[COUNT];
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 16384);
    for (long i = 0; i < COUNT; i++)
        if (pthread_create(&threads[i], &attributes, run, (void *)i)) {
            printf("no thread %ld\n", i);
            return 1;
        }
    for (int i = 0; i < COUNT; i++)
        pthread_join(threads[i], NULL);
    printf("%ld\n", sum);
    return 0;
}
