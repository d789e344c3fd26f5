/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Cancellation: at a point, while blocked, disabled, with cleanup, and asynchronous. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <unistd.h>

static sem_t started, never;

static void clean(void *text)
{
    printf("clean up %s\n", (char *)text);
}

static void *blocked(void *argument)
{
    pthread_cleanup_push(clean, "blocked");
    sem_post(&started);
    sem_wait(&never);
    pthread_cleanup_pop(0);
    return argument;
}

static void *sleeping(void *argument)
{
    pthread_cleanup_push(clean, "sleeping");
    sem_post(&started);
    sleep(1000);
    pthread_cleanup_pop(0);
    return argument;
}

static void *deferred(void *argument)
{
    int old;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
    sem_post(&started);
    usleep(400000);
    puts("still here");
    pthread_setcancelstate(old, NULL);
    pthread_testcancel();
    puts("not reached");
    return argument;
}

static void *waiting(void *argument)
{
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
    pthread_mutex_lock(&mutex);
    pthread_cleanup_push(clean, "waiting");
    sem_post(&started);
    pthread_cond_wait(&condition, &mutex);
    pthread_cleanup_pop(0);
    return argument;
}

static void *finished(void *argument)
{
    sem_post(&started);
    return argument;
}

static void cancel(void *(*run)(void *))
{
    pthread_t thread;
    void *result;
    pthread_create(&thread, NULL, run, NULL);
    sem_wait(&started);
    usleep(100000);
    int error = pthread_cancel(thread);
    pthread_join(thread, &result);
    printf("%d %d\n", error, result == PTHREAD_CANCELED);
}

int main(void)
{
    sem_init(&started, 0, 0);
    sem_init(&never, 0, 0);
    cancel(blocked);
    cancel(sleeping);
    cancel(deferred);
    cancel(waiting);
    cancel(finished);
    return 0;
}
