/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Real-time signals wait each with its value: lowest number first, oldest first. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void handle(int signal, siginfo_t *info, void *context)
{
    (void)context;
    printf("%d: %d %d %d\n", signal == SIGUSR1 ? 0 : signal - SIGRTMIN, info->si_code,
           info->si_value.sival_int, info->si_pid == getpid());
}

static void send(int signal, int value)
{
    union sigval number = {.sival_int = value};
    printf("%d ", sigqueue(getpid(), signal, number));
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO};
    sigset_t set;
    sigfillset(&action.sa_mask);
    sigemptyset(&set);
    for (int i = 0; i < 3; i++) {
        sigaction(SIGRTMIN + i, &action, NULL);
        sigaddset(&set, SIGRTMIN + i);
    }
    sigaction(SIGUSR1, &action, NULL);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    send(SIGRTMIN + 1, 1);
    send(SIGRTMIN + 2, 2);
    send(SIGRTMIN, 3);
    send(SIGRTMIN + 1, 4);
    send(SIGUSR1, 5);
    send(SIGUSR1, 6);
    send(SIGRTMIN, 7);
    puts("");
    siginfo_t info;
    printf("wait %d", sigwaitinfo(&set, &info) == SIGUSR1);
    printf(" %d\n", info.si_value.sival_int);
    /* Of a thread's own and the process's, the thread's own come first. */
    raise(SIGRTMIN + 2);
    sigpending(&set);
    printf("pending %d %d %d\n", sigismember(&set, SIGUSR1), sigismember(&set, SIGRTMIN),
           sigismember(&set, SIGRTMIN + 2));
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    sigpending(&set);
    printf("left %d %d\n", sigismember(&set, SIGRTMIN), sigismember(&set, SIGRTMIN + 2));
    return 0;
}
