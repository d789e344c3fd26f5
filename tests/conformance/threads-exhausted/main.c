/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Threads without end: the one that memory has no room for is refused, and the others live. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

static sem_t start;
static int ran;

static void *run(void *argument)
{
    sem_wait(&start);
    ran++;
    return argument;
}

int main(void)
{
    static char stack[512][4096] __attribute__((aligned(16)));
    static pthread_t threads[512];
    pthread_attr_t attributes;
    int count = 0, problem = 0;
    /* Nothing is left but what is needed for some threads. */
    while (mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED)
        ;
    pthread_attr_init(&attributes);
    while (count < 512 && !problem) {
        pthread_attr_setstack(&attributes, stack[count], sizeof stack[0]);
        problem = pthread_create(&threads[count], &attributes, run, NULL);
        count += !problem;
    }
    printf("%d %d\n", count < 512, problem == EAGAIN);
    for (int i = 0; i < count; i++)
        sem_post(&start);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    printf("%d\n", ran == count);
    return 0;
}
