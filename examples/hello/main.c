/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Threads, malloc and printf: an ordinary C program, with nothing in it about zkVMs. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS 4
#define STEPS 1000

struct slice {
    int first;
    double sum;
};

/* A slice of the series for pi by Leibniz: 4 * (1 - 1/3 + 1/5 - ...). */
static void *add_up(void *argument)
{
    struct slice *slice = argument;
    for (int i = slice->first; i < STEPS; i += THREADS)
        slice->sum += (i % 2 ? -4.0 : 4.0) / (2 * i + 1);
    return slice;
}

int main(void)
{
    pthread_t threads[THREADS];
    double pi = 0;
    for (int i = 0; i < THREADS; i++) {
        struct slice *slice = malloc(sizeof *slice);
        if (!slice)
            return 1;
        *slice = (struct slice){.first = i};
        if (pthread_create(&threads[i], NULL, add_up, slice))
            return 1;
    }
    for (int i = 0; i < THREADS; i++) {
        void *result;
        pthread_join(threads[i], &result);
        pi += ((struct slice *)result)->sum;
        free(result);
    }
    printf("Hello from %d threads: pi is about %f, sqrt(2) is %f\n", THREADS, pi, sqrt(2));
    return 0;
}
