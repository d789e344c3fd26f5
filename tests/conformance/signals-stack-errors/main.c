/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What sigaltstack refuses. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static char memory[65536];

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

static void handle(int signal)
{
    stack_t stack = {.ss_sp = memory, .ss_size = sizeof memory}, old;
    (void)signal;
    show("standing on it", syscall(SYS_sigaltstack, &stack, NULL));
    show("asking", syscall(SYS_sigaltstack, NULL, &old));
    printf("%d\n", old.ss_flags == SS_ONSTACK);
}

int main(void)
{
    stack_t stack = {.ss_sp = memory, .ss_size = sizeof memory}, old;
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_ONSTACK};
    show("from nowhere", syscall(SYS_sigaltstack, (void *)8, NULL));
    show("to nowhere", syscall(SYS_sigaltstack, NULL, (void *)8));
    stack.ss_flags = 64;
    show("flags", syscall(SYS_sigaltstack, &stack, NULL));
    stack.ss_flags = 0, stack.ss_size = 100;
    show("small", syscall(SYS_sigaltstack, &stack, NULL));
    show("still none", syscall(SYS_sigaltstack, NULL, &old));
    printf("%d\n", old.ss_flags == SS_DISABLE);
    stack.ss_size = sizeof memory;
    show("set", syscall(SYS_sigaltstack, &stack, NULL));
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    stack.ss_flags = SS_DISABLE;
    show("off", syscall(SYS_sigaltstack, &stack, &old));
    printf("%d %d\n", old.ss_sp == memory, old.ss_size == sizeof memory);
    return 0;
}
