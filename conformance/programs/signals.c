/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static volatile int caught;

static void handler(int number)
{
    caught += number;
}

int main(void)
{
    struct sigaction action = {.sa_handler = handler};
    sigset_t set, pending;
    sigaction(SIGUSR1, &action, 0);
    raise(SIGUSR1);
    printf("%d\n", caught == SIGUSR1);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, 0);
    kill(getpid(), SIGUSR1);
    sigpending(&pending);
    printf("%d %d\n", caught == SIGUSR1, sigismember(&pending, SIGUSR1));
    sigprocmask(SIG_UNBLOCK, &set, 0);
    printf("%d\n", caught == 2 * SIGUSR1);
    return 0;
}
