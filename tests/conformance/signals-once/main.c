/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* SA_RESETHAND, SA_NODEFER and masks of actions. */
#include <signal.h>
#include <stdio.h>

static int depth;

static void nest(int signal)
{
    if (++depth < 3)
        raise(signal);
    printf("depth %d\n", depth);
    depth--;
}

static void once(int signal)
{
    struct sigaction now;
    sigaction(signal, NULL, &now);
    printf("default %d\n", now.sa_handler == SIG_DFL);
}

static void later(int signal)
{
    static int inside, sent;
    inside++;
    if (!sent++)
        raise(signal);
    printf("inside %d\n", inside);
    inside--;
}

int main(void)
{
    struct sigaction action = {.sa_handler = nest, .sa_flags = SA_NODEFER};
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    action = (struct sigaction){.sa_handler = once, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGCHLD, &action, NULL);
    raise(SIGCHLD);
    raise(SIGCHLD);
    action = (struct sigaction){.sa_handler = later};
    sigaction(SIGUSR2, &action, NULL);
    raise(SIGUSR2);
    return 0;
}
