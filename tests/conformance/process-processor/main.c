/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Which processor, and which ones: there is at least the first. */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    unsigned cpu = 77, node = 77;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(0, &set);
    show("set", sched_setaffinity(0, sizeof set, &set));
    show("which", syscall(SYS_getcpu, &cpu, &node, NULL));
    printf("%u %d\n", cpu, node != 77);
    printf("%d\n", sched_getcpu());
    show("neither", syscall(SYS_getcpu, NULL, NULL, NULL));
    show("no memory", syscall(SYS_getcpu, (void *)16, NULL, NULL));
    show("get", sched_getaffinity(0, sizeof set, &set));
    printf("%d %d\n", CPU_COUNT(&set), CPU_ISSET(0, &set));
    show("by number", sched_getaffinity((int)syscall(SYS_gettid), sizeof set, &set));
    show("nobody", sched_getaffinity(4194304, sizeof set, &set));
    show("small", sched_getaffinity(0, 1, &set));
    show("no memory", syscall(SYS_sched_getaffinity, 0, 128, (void *)16));
    show("nobody", sched_setaffinity(4194304, sizeof set, &set));
    show("no memory", syscall(SYS_sched_setaffinity, 0, 8, (void *)16));
    CPU_ZERO(&set);
    show("none", sched_setaffinity(0, sizeof set, &set));
    return 0;
}
