/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Handlers run when raise returns, with the signal's number, once for each. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static volatile int calls, last;

static void handle(int signal)
{
    calls++;
    last = signal;
}

int main(void)
{
    struct sigaction action = {.sa_handler = handle}, old;
    printf("%d\n", sigaction(SIGUSR1, &action, NULL));
    for (int i = 0; i < 3; i++)
        printf("%d %d %d\n", raise(SIGUSR1), calls, last);
    printf("%d\n", signal(SIGUSR2, handle) == SIG_DFL);
    raise(SIGUSR2);
    printf("%d %d\n", calls, last == SIGUSR2);
    printf("%d", sigaction(SIGUSR1, NULL, &old));
    printf(" %d\n", old.sa_handler == handle);
    action.sa_flags = SA_RESETHAND;
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    sigaction(SIGUSR1, NULL, &old);
    printf("%d %d\n", calls, old.sa_handler == SIG_DFL);
    raise(0);
    return 0;
}
