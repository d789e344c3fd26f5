/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* alarm() and setitimer(): the signal ends waits, comes again, and can be taken back. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile int rung;

static void handle(int signal)
{
    (void)signal;
    rung++;
}

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    struct sigaction action = {.sa_handler = handle};
    struct itimerval often = {{0, 20000}, {0, 20000}}, bad = {{0, 0}, {0, 1000000}}, left;
    sigset_t set;
    sigaction(SIGALRM, &action, NULL);
    show("alarm", alarm(1));
    show("left", alarm(1));
    show("sleep", (long)sleep(100) > 90);
    printf("rung %d\n", rung);
    setitimer(ITIMER_REAL, &often, NULL);
    while (rung < 4)
        usleep(100000);
    getitimer(ITIMER_REAL, &left);
    printf("again %d %d\n", left.it_interval.tv_usec == 20000, left.it_value.tv_usec <= 20000);
    /* The clock is read until it rings. */
    while (rung < 6)
        time(NULL);
    memset(&often, 0, sizeof often);
    setitimer(ITIMER_REAL, &often, &left);
    getitimer(ITIMER_REAL, &left);
    printf("off %d %d\n", left.it_value.tv_sec == 0, left.it_value.tv_usec == 0);
    sigemptyset(&set);
    sigaddset(&set, SIGALRM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    alarm(1);
    int signal;
    printf("wait %d", sigwait(&set, &signal));
    printf(" %d\n", signal == SIGALRM);
    show("bad time", setitimer(ITIMER_REAL, &bad, NULL));
    show("which", setitimer(77, &often, NULL));
    show("which", getitimer(77, &left));
    show("no memory", syscall(SYS_getitimer, ITIMER_REAL, (void *)16));
    show("no memory", syscall(SYS_setitimer, ITIMER_REAL, (void *)16, NULL));
    signal = SIGALRM;
    action.sa_handler = SIG_DFL;
    sigaction(SIGALRM, &action, NULL);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    fflush(stdout);
    alarm(1);
    for (;;)
        sleep(10);
}
