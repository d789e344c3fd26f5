/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A handler ends a sleep with EINTR and what is left, and a wait unless SA_RESTART says no. */
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef SYS_futex
#define SYS_futex SYS_futex_time64 /* riscv32 */
#endif

static int word, handled;

static void handle(int signal)
{
    (void)signal;
    handled++;
}

static void *sleeper(void *argument)
{
    struct timespec time = {100, 0}, left = {0, 0};
    (void)argument;
    int result = nanosleep(&time, &left);
    printf("sleep %d %d %d\n", result, errno == EINTR, left.tv_sec == 99);
    return NULL;
}

static void *waiter(void *argument)
{
    errno = 0;
    long result = syscall(SYS_futex, &word, FUTEX_WAIT, 0, NULL);
    printf("%s %ld %d\n", (char *)argument, result, errno == EINTR);
    return NULL;
}

static void with(void *(*run)(void *), char *text, int flags)
{
    struct sigaction action = {.sa_handler = handle, .sa_flags = flags};
    pthread_t thread;
    sigaction(SIGUSR1, &action, NULL);
    pthread_create(&thread, NULL, run, text);
    usleep(50000);
    pthread_kill(thread, SIGUSR1);
    usleep(50000);
    syscall(SYS_futex, &word, FUTEX_WAKE, 1);
    pthread_join(thread, NULL);
}

int main(void)
{
    with(sleeper, NULL, 0);
    with(sleeper, NULL, SA_RESTART);
    with(waiter, "wait", 0);
    with(waiter, "wait on", SA_RESTART);
    printf("%d\n", handled);
    return 0;
}
