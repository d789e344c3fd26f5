/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* An abort inside of a signal handler on a stack of its own. */
#include <signal.h>
#include <stdlib.h>

static char stack[8192];

static void handler(int number)
{
    if (number == SIGUSR1)
        abort();
}

__attribute__((noinline)) static int provoke(void)
{
    return raise(SIGUSR1) + 1;
}

int main(void)
{
    stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_ONSTACK};
    sigaltstack(&own, NULL);
    sigaction(SIGUSR1, &action, NULL);
    return provoke();
}
