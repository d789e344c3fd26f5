/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Blocked signals wait, each once, and come by number when they are unblocked. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static int order[16], count;

static void handle(int signal)
{
    order[count++] = signal;
}

static void nested(int signal)
{
    order[count++] = signal;
    raise(SIGUSR2);
    if (count == 1)
        raise(signal);
    order[count++] = -signal;
}

int main(void)
{
    sigset_t set, old;
    struct sigaction action = {.sa_handler = handle};
    sigemptyset(&set);
    int signals[] = {SIGTERM, SIGUSR1, SIGHUP};
    for (int i = 0; i < 3; i++) {
        sigaction(signals[i], &action, NULL);
        sigaddset(&set, signals[i]);
    }
    printf("%d", sigprocmask(SIG_BLOCK, &set, &old));
    printf(" %d\n", sigismember(&old, SIGTERM));
    for (int i = 0; i < 3; i++) {
        raise(signals[i]);
        raise(signals[i]);
    }
    printf("%d\n", count);
    sigprocmask(SIG_SETMASK, &old, NULL);
    for (int i = 0; i < count; i++)
        printf("%d ", order[i]);
    /* While a handler runs, its signal and those of its mask wait. */
    count = 0;
    sigaction(SIGUSR2, &action, NULL);
    action.sa_handler = nested;
    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGUSR2);
    sigaction(SIGUSR1, &action, NULL);
    action.sa_handler = handle;
    raise(SIGUSR1);
    puts("");
    for (int i = 0; i < count; i++)
        printf("%d ", order[i]);
    puts("");
    printf("%d", sigprocmask(99, &set, NULL));
    printf(" %d\n", errno == EINVAL);
    return 0;
}
