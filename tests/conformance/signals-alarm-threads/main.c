/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The timer interrupts the first thread while others wait for it. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static pthread_t first;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static volatile int rung;

static void handle(int signal)
{
    (void)signal;
    rung += pthread_equal(pthread_self(), first) ? 1 : 100;
}

static void *run(void *argument)
{
    pthread_mutex_lock(&mutex);
    printf("then %d\n", rung);
    pthread_mutex_unlock(&mutex);
    return argument;
}

int main(void)
{
    struct sigaction action = {.sa_handler = handle};
    pthread_t threads[3];
    first = pthread_self();
    sigaction(SIGALRM, &action, NULL);
    pthread_mutex_lock(&mutex);
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, run, NULL);
    alarm(1);
    while (!rung)
        sleep(20);
    pthread_mutex_unlock(&mutex);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
