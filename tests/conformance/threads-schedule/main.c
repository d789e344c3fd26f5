/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Policies and priorities of threads, as somebody without rights can have them. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_sched_rr_get_interval
#define SYS_sched_rr_get_interval SYS_sched_rr_get_interval_time64 /* riscv32 */
#endif

static struct sched_param none, one = {.sched_priority = 1}, much = {.sched_priority = 100};

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

static long set(int pid, int policy, const void *parameters)
{
    return syscall(SYS_sched_setscheduler, pid, policy, parameters);
}

static void *run(void *argument)
{
    show("inherited", syscall(SYS_sched_getscheduler, 0));
    return argument;
}

int main(void)
{
    struct timespec time;
    pthread_t thread;
    int policy;
    show("first", syscall(SYS_sched_getscheduler, 0));
    show("batch", set(0, SCHED_BATCH, &none));
    show("get", syscall(SYS_sched_getscheduler, (int)syscall(SYS_gettid)));
    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    show("priority", set(0, SCHED_OTHER, &one));
    show("first in, first out", set(0, SCHED_FIFO, &one));
    show("too much", set(0, SCHED_RR, &much));
    show("unknown", set(0, 77, &none));
    show("less than none", set(0, -1, &none));
    show("no thread", set(4194304, SCHED_OTHER, &none));
    show("negative thread", set(-1, SCHED_OTHER, &none));
    show("nothing", set(0, SCHED_OTHER, NULL));
    show("no memory", set(0, SCHED_OTHER, (void *)16));
    show("get nobody's", syscall(SYS_sched_getscheduler, 4194304));
    show("get negative", syscall(SYS_sched_getscheduler, -1));
    show("parameters", syscall(SYS_sched_getparam, 0, &much));
    printf("%d\n", much.sched_priority);
    show("of nobody", syscall(SYS_sched_getparam, 4194304, &much));
    show("nothing", syscall(SYS_sched_getparam, 0, NULL));
    show("no memory", syscall(SYS_sched_getparam, 0, (void *)16));
    show("set", syscall(SYS_sched_setparam, 0, &none));
    show("set one", syscall(SYS_sched_setparam, 0, &one));
    show("set nobody's", syscall(SYS_sched_setparam, 4194304, &none));
    show("set nothing", syscall(SYS_sched_setparam, 0, NULL));
    show("set no memory", syscall(SYS_sched_setparam, 0, (void *)16));
    for (int i = 0; i < 4; i++)
        printf("%d %d\n", sched_get_priority_min(i), sched_get_priority_max(i));
    show("most of unknown", sched_get_priority_max(77));
    show("least of unknown", sched_get_priority_min(-1));
    show("interval", syscall(SYS_sched_rr_get_interval, 0, &time));
    show("interval of nobody", syscall(SYS_sched_rr_get_interval, 4194304, &time));
    show("negative interval", syscall(SYS_sched_rr_get_interval, -1, &time));
    printf("%d ", pthread_getschedparam(pthread_self(), &policy, &much));
    printf("%d %d\n", policy == SCHED_BATCH, much.sched_priority);
    return 0;
}
