/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Detached threads free the stack that they stand on, many times. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <unistd.h>

static sem_t ended;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long sum;

static void *run(void *argument)
{
    pthread_mutex_lock(&mutex);
    sum += (long)argument;
    pthread_mutex_unlock(&mutex);
    sem_post(&ended);
    return NULL;
}

int main(void)
{
    pthread_attr_t attributes;
    pthread_t thread;
    sem_init(&ended, 0, 0);
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    for (long i = 0; i < 500; i++) {
        if (pthread_create(&thread, &attributes, run, (void *)i))
            return 1;
        if (i % 10 == 0)
            for (int j = 0; j < 10 && i; j++)
                sem_wait(&ended);
    }
    for (int j = 0; j < 10; j++)
        sem_wait(&ended);
    usleep(100000);
    printf("%ld\n", sum);
    return 0;
}
