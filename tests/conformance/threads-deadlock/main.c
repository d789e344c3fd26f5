/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Nobody can wake anybody: Linux would hang. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;

static void *run(void *argument)
{
    pthread_mutex_lock(&b);
    usleep(100000);
    pthread_mutex_lock(&a);
    return argument;
}

int main(void)
{
    pthread_t thread;
    puts("before");
    pthread_mutex_lock(&a);
    pthread_create(&thread, NULL, run, NULL);
    usleep(100000);
    fflush(stdout);
    pthread_mutex_lock(&b);
    return 0;
}
