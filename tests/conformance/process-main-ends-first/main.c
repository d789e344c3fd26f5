/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* pthread_exit in main: the others go on, and the process ends with the last one, code 0. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *run(void *argument)
{
    usleep(50000 * (1 + (long)argument));
    printf("thread %ld\n", (long)argument);
    return NULL;
}

int main(void)
{
    pthread_t thread;
    for (long i = 0; i < 3; i++) {
        pthread_create(&thread, NULL, run, (void *)i);
        pthread_detach(thread);
    }
    puts("main ends");
    pthread_exit(NULL);
}
