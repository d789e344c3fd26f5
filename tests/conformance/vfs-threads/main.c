/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Ten threads that make, write and read files of their own at once. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void *work(void *argument)
{
    char name[20], text[20];
    long which = (long)argument, bad = 0;
    snprintf(name, sizeof name, "file-%ld", which);
    int fd = open(name, O_CREAT | O_RDWR, 0600);
    for (int i = 0; i < 100; i++) {
        int length = snprintf(text, sizeof text, "%ld %d\n", which, i);
        bad += pwrite(fd, text, length, 20 * i) != length;
        sched_yield();
    }
    for (int i = 0; i < 100; i++) {
        char wanted[20];
        int length = snprintf(wanted, sizeof wanted, "%ld %d\n", which, i);
        bad += pread(fd, text, length, 20 * i) != length || memcmp(text, wanted, length);
    }
    return (void *)bad;
}

int main(void)
{
    pthread_t threads[10];
    long bad = 0;
    for (long i = 0; i < 10; i++)
        pthread_create(&threads[i], NULL, work, (void *)i);
    for (int i = 0; i < 10; i++) {
        void *result;
        pthread_join(threads[i], &result);
        bad += (long)result;
    }
    printf("%ld\n", bad);
    return 0;
}
