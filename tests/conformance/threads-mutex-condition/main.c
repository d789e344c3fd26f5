/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A bounded queue between producers and consumers. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER, not_full = PTHREAD_COND_INITIALIZER;
static int queue[4], head, count;

static void *produce(void *argument)
{
    for (int i = 0; i < 50; i++) {
        pthread_mutex_lock(&mutex);
        while (count == 4)
            pthread_cond_wait(&not_full, &mutex);
        queue[(head + count++) % 4] = (int)(long)argument + i;
        pthread_cond_signal(&not_empty);
        pthread_mutex_unlock(&mutex);
    }
    return NULL;
}

static void *consume(void *argument)
{
    long sum = 0;
    (void)argument;
    for (int i = 0; i < 75; i++) {
        pthread_mutex_lock(&mutex);
        while (count == 0)
            pthread_cond_wait(&not_empty, &mutex);
        sum += queue[head];
        head = (head + 1) % 4;
        count--;
        pthread_cond_signal(&not_full);
        pthread_mutex_unlock(&mutex);
    }
    return (void *)sum;
}

int main(void)
{
    pthread_t producers[3], consumers[2];
    long sum = 0;
    for (int i = 0; i < 2; i++)
        pthread_create(&consumers[i], NULL, consume, NULL);
    for (long i = 0; i < 3; i++)
        pthread_create(&producers[i], NULL, produce, (void *)(i * 1000));
    for (int i = 0; i < 3; i++)
        pthread_join(producers[i], NULL);
    for (int i = 0; i < 2; i++) {
        void *part;
        pthread_join(consumers[i], &part);
        sum += (long)part;
    }
    printf("%ld %d\n", sum, count);
    return 0;
}
