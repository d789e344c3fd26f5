/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int overflow(volatile char *above)
{
    volatile char frame[4096];
    frame[0] = *above;
    return overflow(frame) + frame[0];
}

/* No way leads to the last line: each must end the run as a failure. */
int main(int argc, char **argv)
{
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    char start = 0;
    puts("before");
    if (argc != 2)
        return 0;
    if (!strcmp(argv[1], "abort"))
        abort();
    if (!strcmp(argv[1], "trap"))
        __builtin_trap();
    if (!strcmp(argv[1], "assert"))
        assert(argc == 1);
    if (!strcmp(argv[1], "deadlock")) {
        pthread_mutex_lock(&mutex);
        pthread_mutex_lock(&mutex);
    }
    if (!strcmp(argv[1], "stack-overflow"))
        printf("%d\n", overflow(&start));
    puts("after");
    return 0;
}
