/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The first thread's own status is the process's when all threads have ended. */
#include <pthread.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static void *run(void *argument)
{
    usleep(100000);
    (void)!write(1, "last\n", 5);
    syscall(SYS_exit, 4);
    return argument;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, run, NULL);
    syscall(SYS_exit, 23);
}
