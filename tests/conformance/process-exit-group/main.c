/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* _exit in a thread ends all of them, without buffers or functions of atexit. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void never(void)
{
    puts("atexit ran");
}

static void *run(void *argument)
{
    (void)argument;
    (void)!write(1, "thread\n", 7);
    _exit(9);
}

int main(void)
{
    pthread_t thread;
    atexit(never);
    printf("buffered and lost");
    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    return 1;
}
