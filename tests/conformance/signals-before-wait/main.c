/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What is sent to a thread while it could run comes before it waits, and before it may block. */
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_futex
#define SYS_futex SYS_futex_time64 /* riscv32 */
#endif

static int word;
static volatile int handled;

static void handle(int signal)
{
    (void)signal;
    handled++;
    word = 1;
}

static void *wait(void *argument)
{
    /* Without its handler, which stores 1, this would wait for good. */
    while (syscall(SYS_futex, &word, FUTEX_WAIT, 0, NULL) == 0 || errno == EINTR)
        ;
    printf("handled %d\n", handled);
    return argument;
}

static void *block(void *argument)
{
    sigset_t set;
    sigfillset(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    printf("handled %d\n", handled);
    return argument;
}

int main(void)
{
    pthread_t thread;
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
    sigaction(SIGUSR1, &action, NULL);
    pthread_create(&thread, NULL, wait, NULL);
    pthread_kill(thread, SIGUSR1);
    pthread_join(thread, NULL);
    pthread_create(&thread, NULL, block, NULL);
    pthread_kill(thread, SIGUSR1);
    pthread_join(thread, NULL);
    return 0;
}
