/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A handler may leave by siglongjmp, also from the alternate stack, again and again. */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>

static sigjmp_buf back;
static char room[SIGSTKSZ];

static void handle(int signal)
{
    siglongjmp(back, signal);
}

int main(void)
{
    stack_t stack = {.ss_sp = room, .ss_size = sizeof room};
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_ONSTACK};
    volatile int rounds = 0;
    sigset_t set;
    sigaltstack(&stack, NULL);
    sigaction(SIGUSR1, &action, NULL);
    if (sigsetjmp(back, 1))
        rounds++;
    if (rounds < 5)
        raise(SIGUSR1);
    sigprocmask(SIG_BLOCK, NULL, &set);
    printf("%d %d\n", rounds, sigismember(&set, SIGUSR1));
    return 0;
}
