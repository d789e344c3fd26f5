/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A queued signal may not get lost: without memory for it the sender is told. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static int handled;

static void handle(int signal)
{
    (void)signal;
    handled++;
}

int main(void)
{
    union sigval value = {.sival_int = 1};
    sigset_t set;
    int sent = 0, pid = getpid(), tid = (int)syscall(SYS_gettid);
    siginfo_t info = {.si_code = SI_QUEUE};
    signal(SIGRTMIN, handle);
    signal(SIGUSR1, handle);
    sigemptyset(&set);
    sigaddset(&set, SIGRTMIN);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    while (sigqueue(pid, SIGRTMIN, value) == 0)
        sent++;
    printf("%d %d\n", sent > 50, errno == EAGAIN);
    printf("%ld ", syscall(SYS_tkill, tid, SIGRTMIN));
    printf("%d\n", errno == EAGAIN);
    printf("%ld ", syscall(SYS_tgkill, pid, tid, SIGRTMIN));
    printf("%d\n", errno == EAGAIN);
    printf("%ld ", syscall(SYS_rt_tgsigqueueinfo, pid, tid, SIGRTMIN, &info));
    printf("%d\n", errno == EAGAIN);
    /* Standard signals always get through. */
    printf("%d\n", kill(pid, SIGUSR1));
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    printf("%d\n", handled == sent + 1);
    return 0;
}
