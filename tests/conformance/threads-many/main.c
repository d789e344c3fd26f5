/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Ten thousand threads alive at once: what each of them costs does not grow. */
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#define COUNT 10000

static sem_t start;
static long sum;

static void *run(void *argument)
{
    while (sem_wait(&start))
        ;
    sum += (long)argument;
    return NULL;
}

int main(void)
{
    static pthread_t threads[COUNT];
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 8192 > PTHREAD_STACK_MIN ? 8192 : PTHREAD_STACK_MIN);
    pthread_attr_setguardsize(&attributes, 0);
    sem_init(&start, 0, 0);
    for (long i = 0; i < COUNT; i++)
        if (pthread_create(&threads[i], &attributes, run, (void *)i)) {
            printf("no thread %ld\n", i);
            return 1;
        }
    for (int i = 0; i < COUNT; i++)
        sem_post(&start);
    for (int i = 0; i < COUNT; i++)
        pthread_join(threads[i], NULL);
    printf("%ld\n", sum);
    return 0;
}
