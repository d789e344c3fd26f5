/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Blocked signals wait, once each, for the thread or for the process, and are taken in order. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static void handle(int signal)
{
    printf("%d\n", signal);
}

static void show(const char *what)
{
    sigset_t set;
    sigpending(&set);
    printf("%s:", what);
    for (int i = 1; i < 32; i++)
        if (sigismember(&set, i))
            printf(" %d", i);
    puts("");
}

static void *other(void *argument)
{
    show("other");
    return argument;
}

int main(void)
{
    int signals[] = {SIGTERM, SIGUSR2, SIGHUP};
    sigset_t set;
    pthread_t thread;
    sigemptyset(&set);
    for (int i = 0; i < 3; i++) {
        struct sigaction action = {.sa_handler = handle};
        sigfillset(&action.sa_mask);
        sigaction(signals[i], &action, NULL);
        sigaddset(&set, signals[i]);
    }
    sigprocmask(SIG_BLOCK, &set, NULL);
    show("none");
    kill(getpid(), SIGTERM);
    kill(getpid(), SIGTERM);
    raise(SIGHUP);
    show("two");
    pthread_create(&thread, NULL, other, NULL);
    pthread_join(thread, NULL);
    kill(getpid(), SIGUSR2);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    show("taken");
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGHUP);
    signal(SIGHUP, SIG_IGN);
    show("ignored");
    printf("%ld ", syscall(SYS_rt_sigpending, &set, 9));
    printf("%d\n", errno == EINVAL);
    printf("%ld ", syscall(SYS_rt_sigpending, (void *)16, 8));
    printf("%d\n", errno == EFAULT);
    return 0;
}
