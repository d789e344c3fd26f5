/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The next owner of a robust mutex learns that the last one died, also by the kernel's list. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t mutex;

static void *die(void *raw)
{
    pthread_mutex_lock(&mutex);
    usleep(100000);
    if (raw)
        syscall(SYS_exit, 0);
    return NULL;
}

static void *wait(void *argument)
{
    usleep(50000);
    printf("%d\n", pthread_mutex_lock(&mutex) == EOWNERDEAD);
    printf("%d\n", pthread_mutex_consistent(&mutex));
    printf("%d\n", pthread_mutex_unlock(&mutex));
    return argument;
}

int main(void)
{
    pthread_mutexattr_t attributes;
    pthread_t dying, waiting;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    /* Shared: only then musl has the kernel release what a dying thread holds. */
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&mutex, &attributes);
    pthread_create(&dying, NULL, die, NULL);
    pthread_create(&waiting, NULL, wait, NULL);
    pthread_join(dying, NULL);
    pthread_join(waiting, NULL);
    pthread_create(&dying, NULL, die, (void *)1);
    pthread_create(&waiting, NULL, wait, NULL);
    pthread_join(waiting, NULL);
    printf("%d\n", pthread_mutex_lock(&mutex));
    return 0;
}
