/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* pthread_kill reaches one thread, kill any that lets it. */
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static pthread_t threads[3];
static volatile int hits[4];
static sem_t end;

static int self(void)
{
    for (int i = 0; i < 3; i++)
        if (pthread_equal(threads[i], pthread_self()))
            return i;
    return 3;
}

static void handle(int signal)
{
    (void)signal;
    hits[self()]++;
}

static void *run(void *argument)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    if ((long)argument != 2)
        pthread_sigmask(SIG_BLOCK, &set, NULL);
    while (sem_wait(&end))
        ;
    return NULL;
}

int main(void)
{
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
    sigset_t set;
    sem_init(&end, 0, 0);
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGUSR2, &action, NULL);
    for (long i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, run, (void *)i);
    usleep(100000);
    for (int i = 0; i < 3; i++)
        pthread_kill(threads[i], SIGUSR1);
    usleep(100000);
    printf("%d %d %d %d\n", hits[0], hits[1], hits[2], hits[3]);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    kill(getpid(), SIGUSR2);
    usleep(100000);
    printf("%d %d %d %d\n", hits[0], hits[1], hits[2], hits[3]);
    for (int i = 0; i < 3; i++)
        sem_post(&end);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
