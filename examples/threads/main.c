/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Mutex, condition variable and thread-local storage; and a thousand threads alive at once. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define WORKERS 4
#define ITEMS 100
#define CROWD 1000
#define STACK (16 * 1024)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static pthread_cond_t emptied = PTHREAD_COND_INITIALIZER;
static int slot, full, done;
static _Thread_local int mine;

static void *consume(void *argument)
{
    long *total = argument;
    pthread_mutex_lock(&lock);
    for (;;) {
        while (!full && !done)
            pthread_cond_wait(&filled, &lock);
        if (!full)
            break;
        *total += slot;
        mine++;
        full = 0;
        pthread_cond_signal(&emptied);
    }
    pthread_mutex_unlock(&lock);
    return (void *)(long)mine;
}

static void queue(void)
{
    pthread_t threads[WORKERS];
    long totals[WORKERS] = {0}, total = 0, taken = 0;
    for (int i = 0; i < WORKERS; i++)
        pthread_create(&threads[i], NULL, consume, &totals[i]);
    for (int i = 1; i <= ITEMS; i++) {
        pthread_mutex_lock(&lock);
        while (full)
            pthread_cond_wait(&emptied, &lock);
        slot = i;
        full = 1;
        pthread_cond_signal(&filled);
        pthread_mutex_unlock(&lock);
    }
    pthread_mutex_lock(&lock);
    while (full)
        pthread_cond_wait(&emptied, &lock);
    done = 1;
    pthread_cond_broadcast(&filled);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < WORKERS; i++) {
        void *count;
        pthread_join(threads[i], &count);
        taken += (long)count;
        total += totals[i];
    }
    printf("%d workers took %ld items, sum %ld; this thread's own count is %d\n", WORKERS, taken,
           total, mine);
}

static pthread_barrier_t gate;
static int crowd_sum;

static void *stand(void *argument)
{
    mine = (int)(long)argument;
    /* Nobody leaves before all have come: all stacks are in use at the same time. */
    pthread_barrier_wait(&gate);
    pthread_mutex_lock(&lock);
    crowd_sum += mine;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static int crowd(void)
{
    pthread_t *threads = malloc(CROWD * sizeof *threads);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    pthread_barrier_init(&gate, NULL, CROWD + 1);
    for (long i = 0; i < CROWD; i++)
        if (pthread_create(&threads[i], &attributes, stand, (void *)i)) {
            printf("thread %ld could not be created\n", i);
            return 1;
        }
    pthread_barrier_wait(&gate);
    for (int i = 0; i < CROWD; i++)
        pthread_join(threads[i], NULL);
    printf("%d threads were alive at once, sum %d\n", CROWD, crowd_sum);
    free(threads);
    return 0;
}

int main(void)
{
    queue();
    return crowd();
}
