/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* sigsuspend: a mask for one call; the handler sees the other one in its context. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

static volatile int handled;

static void handle(int signal, siginfo_t *info, void *raw)
{
    ucontext_t *context = raw;
    sigset_t now;
    (void)info;
    sigprocmask(SIG_BLOCK, NULL, &now);
    printf("%d: before %d %d, now %d %d\n", signal, sigismember(&context->uc_sigmask, SIGUSR1),
           sigismember(&context->uc_sigmask, SIGUSR2), sigismember(&now, SIGUSR1),
           sigismember(&now, SIGUSR2));
    handled++;
}

static void *send(void *raw)
{
    usleep(50000);
    pthread_kill(*(pthread_t *)raw, SIGUSR2);
    usleep(50000);
    printf("handled %d\n", handled);
    pthread_kill(*(pthread_t *)raw, SIGUSR1);
    return NULL;
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigset_t set, now;
    pthread_t self = pthread_self(), thread;
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGUSR2, &action, NULL);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_SETMASK, &set, NULL);
    raise(SIGUSR1);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    printf("%d ", sigsuspend(&set));
    printf("%d\n", errno == EINTR);
    sigprocmask(SIG_BLOCK, NULL, &now);
    printf("after %d %d\n", sigismember(&now, SIGUSR1), sigismember(&now, SIGUSR2));
    /* A signal that stays blocked does not end it, nor does an ignored one. */
    pthread_create(&thread, NULL, send, &self);
    printf("%d ", sigsuspend(&set));
    printf("%d\n", errno == EINTR);
    pthread_join(thread, NULL);
    printf("%ld ", syscall(SYS_rt_sigsuspend, &set, 4));
    printf("%d\n", errno == EINVAL);
    printf("%ld ", syscall(SYS_rt_sigsuspend, (void *)16, 8));
    printf("%d\n", errno == EFAULT);
    return 0;
}
