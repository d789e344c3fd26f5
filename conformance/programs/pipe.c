/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2];

static void *produce(void *unused)
{
    for (int i = 0; i < 30000; i++)
        write(ends[1], &i, sizeof i);
    close(ends[1]);
    return unused;
}

int main(void)
{
    pthread_t thread;
    int value, wanted = 0, wrong = 0;
    if (pipe(ends) || pthread_create(&thread, 0, produce, 0))
        return 1;
    while (read(ends[0], &value, sizeof value) == sizeof value)
        wrong += value != wanted++;
    pthread_join(thread, 0);
    printf("%d %d\n", wanted, wrong);
    return 0;
}
