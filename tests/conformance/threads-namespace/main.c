/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>

static char stack[65536] __attribute__((aligned(16)));

static int run(void *argument)
{
    return argument != NULL;
}

int main(void)
{
    int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
    printf("%d ", clone(run, stack + sizeof stack, flags | CLONE_NEWUTS, NULL));
    printf("%d\n", errno == EPERM);
    return 0;
}
