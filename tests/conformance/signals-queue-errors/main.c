/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* rt_sigqueueinfo and rt_tgsigqueueinfo by themselves: what arrives, and what is refused. */
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
    printf("%d %d %d\n", signal == SIGUSR1, info->si_code, info->si_value.sival_int);
}

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO};
    siginfo_t info = {.si_signo = SIGTERM, .si_code = SI_QUEUE};
    int pid = getpid(), tid = (int)syscall(SYS_gettid);
    info.si_value.sival_int = 77;
    sigaction(SIGUSR1, &action, NULL);
    show("process", syscall(SYS_rt_sigqueueinfo, pid, SIGUSR1, &info));
    show("thread", syscall(SYS_rt_tgsigqueueinfo, pid, tid, SIGUSR1, &info));
    show("nothing", syscall(SYS_rt_sigqueueinfo, pid, 0, &info));
    show("signal", syscall(SYS_rt_sigqueueinfo, pid, 65, &info));
    show("no process", syscall(SYS_rt_sigqueueinfo, 4194304, SIGUSR1, &info));
    show("no memory", syscall(SYS_rt_sigqueueinfo, pid, SIGUSR1, (void *)16));
    show("thread's signal", syscall(SYS_rt_tgsigqueueinfo, pid, tid, 65, &info));
    show("no thread", syscall(SYS_rt_tgsigqueueinfo, pid, 4194304, SIGUSR1, &info));
    show("no group", syscall(SYS_rt_tgsigqueueinfo, 4194304, tid, SIGUSR1, &info));
    show("thread 0", syscall(SYS_rt_tgsigqueueinfo, pid, 0, SIGUSR1, &info));
    show("thread's memory", syscall(SYS_rt_tgsigqueueinfo, pid, tid, SIGUSR1, (void *)16));
    return 0;
}
