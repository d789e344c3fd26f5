/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A handler with SA_ONSTACK runs on the alternate stack, another one does not. */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static char room[SIGSTKSZ * 2];
static volatile int inside, standing;

static void handle(int signal)
{
    char here;
    stack_t stack;
    (void)signal;
    inside = (uintptr_t)&here - (uintptr_t)room < sizeof room;
    sigaltstack(NULL, &stack);
    standing = !!(stack.ss_flags & SS_ONSTACK);
    stack.ss_flags = 0;
    standing += sigaltstack(&stack, NULL) == -1 && errno == EPERM ? 2 : 0;
}

int main(void)
{
    stack_t stack = {.ss_sp = room, .ss_size = sizeof room}, old;
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_ONSTACK};
    sigaltstack(NULL, &old);
    printf("%d\n", old.ss_flags == SS_DISABLE);
    printf("%d\n", sigaltstack(&stack, NULL));
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    printf("%d %d\n", inside, standing);
    action.sa_flags = 0;
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    printf("%d %d\n", inside, standing);
    sigaltstack(NULL, &old);
    printf("%d %d\n", old.ss_sp == room, old.ss_flags);
    stack.ss_size = 100;
    printf("%d", sigaltstack(&stack, NULL));
    printf(" %d\n", errno == ENOMEM);
    stack.ss_flags = SS_DISABLE;
    printf("%d\n", sigaltstack(&stack, NULL));
    return 0;
}
