/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* sigtimedwait and sigwaitinfo: signals without handlers, deadlines, other signals, errors. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef SYS_rt_sigtimedwait
#define SYS_rt_sigtimedwait SYS_rt_sigtimedwait_time64 /* riscv32 */
#endif

static void handle(int signal)
{
    printf("handled %d\n", signal == SIGHUP);
}

static void *send(void *raw)
{
    pthread_t to = *(pthread_t *)raw;
    usleep(50000);
    pthread_kill(to, SIGUSR1);
    usleep(50000);
    kill(getpid(), SIGTERM);
    usleep(50000);
    pthread_kill(to, SIGHUP);
    return NULL;
}

static void show(const char *what, int result, const siginfo_t *info)
{
    printf("%s: %d %s", what, result, result < 0 ? strerror(errno) : "");
    if (result > 0 && info)
        printf("%d %d", info->si_signo, info->si_code);
    puts("");
}

int main(void)
{
    struct timespec none = {0, 0}, soon = {0, 10000000}, late = {10, 0}, bad = {0, -1};
    sigset_t set;
    siginfo_t info;
    pthread_t self = pthread_self(), thread;
    signal(SIGHUP, handle);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    show("nothing", sigtimedwait(&set, &info, &none), NULL);
    show("too late", sigtimedwait(&set, &info, &soon), NULL);
    raise(SIGUSR1);
    kill(getpid(), SIGTERM);
    show("first", sigtimedwait(&set, &info, &none), &info);
    show("second", sigwaitinfo(&set, &info), &info);
    pthread_create(&thread, NULL, send, &self);
    show("wait", sigtimedwait(&set, &info, &late), &info);
    show("without information", sigwaitinfo(&set, NULL), NULL);
    show("another", (int)syscall(SYS_rt_sigtimedwait, &set, &info, &late, 8), NULL);
    pthread_join(thread, NULL);
    show("bad time", sigtimedwait(&set, &info, &bad), NULL);
    show("size", (int)syscall(SYS_rt_sigtimedwait, &set, &info, &none, 4), NULL);
    show("set", (int)syscall(SYS_rt_sigtimedwait, (void *)16, &info, &none, 8), NULL);
    show("time", (int)syscall(SYS_rt_sigtimedwait, &set, &info, (void *)16, 8), NULL);
    return 0;
}
