/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What a handler is told: siginfo and the context's mask. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <ucontext.h>
#include <unistd.h>

static void handle(int signal, siginfo_t *info, void *raw)
{
    ucontext_t *context = raw;
    printf("%d %d %d %d\n", info->si_signo == signal, info->si_code == SI_TKILL,
           info->si_code == SI_USER, info->si_pid == getpid());
    printf("%d %d\n", sigismember(&context->uc_sigmask, SIGHUP),
           sigismember(&context->uc_sigmask, signal));
    printf("%d\n", context->uc_mcontext.__gregs[REG_PC] != 0);
    /* The mask of the context counts when the handler returns. */
    sigaddset(&context->uc_sigmask, SIGUSR2);
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO};
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    sigaction(SIGUSR1, &action, NULL);
    kill(getpid(), SIGUSR1);
    sigprocmask(SIG_BLOCK, NULL, &set);
    printf("%d %d\n", sigismember(&set, SIGUSR2), sigismember(&set, SIGUSR1));
    return 0;
}
