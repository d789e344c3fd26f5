/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Semaphores, barriers, rwlocks, once, keys, spin locks and trylock. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

#define COUNT 5

static sem_t semaphore;
static pthread_barrier_t barrier;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_spinlock_t spin;
static pthread_key_t key;
static int initialized, serial, shared, destroyed;

static void initialize(void)
{
    initialized++;
}

static void destroy(void *value)
{
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&mutex);
    destroyed += (int)(long)value;
    pthread_mutex_unlock(&mutex);
}

static void *run(void *argument)
{
    pthread_once(&once, initialize);
    pthread_setspecific(key, argument);
    if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
        serial++;
    for (int i = 0; i < 10; i++) {
        pthread_rwlock_wrlock(&rwlock);
        shared++;
        pthread_rwlock_unlock(&rwlock);
        pthread_rwlock_rdlock(&rwlock);
        pthread_rwlock_unlock(&rwlock);
        pthread_spin_lock(&spin);
        shared++;
        pthread_spin_unlock(&spin);
    }
    sem_post(&semaphore);
    return NULL;
}

int main(void)
{
    pthread_t threads[COUNT];
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    sem_init(&semaphore, 0, 0);
    pthread_barrier_init(&barrier, NULL, COUNT);
    pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
    pthread_key_create(&key, destroy);
    for (long i = 0; i < COUNT; i++)
        pthread_create(&threads[i], NULL, run, (void *)(i + 1));
    for (int i = 0; i < COUNT; i++)
        sem_wait(&semaphore);
    printf("%d\n", sem_trywait(&semaphore) == -1 && errno == EAGAIN);
    for (int i = 0; i < COUNT; i++)
        pthread_join(threads[i], NULL);
    printf("%d %d %d %d\n", initialized, serial, shared, destroyed);
    pthread_mutex_lock(&mutex);
    printf("%d\n", pthread_mutex_trylock(&mutex) == EBUSY);
    return 0;
}
