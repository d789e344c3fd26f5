/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Threads that yield take turns. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static char turns[64];
static int taken;

static void *run(void *argument)
{
    for (int i = 0; i < 4; i++) {
        turns[taken++] = (char)('a' + (long)argument);
        sched_yield();
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[3];
    for (long i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, run, (void *)i);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    puts(turns);
    return 0;
}
