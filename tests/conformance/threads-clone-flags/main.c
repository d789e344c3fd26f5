/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* clone by a number known where it is called: flags that do not go together. */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define PIDFD 0x1000

static char stack[65536] __attribute__((aligned(16)));

static void try(const char *what, unsigned long flags, void *top)
{
    register long a7 __asm__("a7") = 220;
    register long a0 __asm__("a0") = (long)flags;
    register long a1 __asm__("a1") = (long)top;
    register long a2 __asm__("a2") = 0;
    register long a3 __asm__("a3") = 0;
    register long a4 __asm__("a4") = 0;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4) : "memory");
    printf("%s: %s\n", what, a0 < 0 ? strerror((int)-a0) : "started");
}

int main(void)
{
    unsigned long thread = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;
    void *top = stack + sizeof stack;
    try("no common signals", thread & ~(unsigned long)CLONE_SIGHAND, top);
    try("no common memory", thread & ~(unsigned long)CLONE_VM, top);
    try("signals without memory", CLONE_SIGHAND | SIGCHLD, top);
    try("user namespace", thread | CLONE_NEWUSER, top);
    try("process namespace", thread | CLONE_NEWPID, top);
    try("mounts and root", thread | CLONE_NEWNS, top);
    try("descriptor", thread | PIDFD, top);
    try("IPC", thread | CLONE_NEWIPC | CLONE_SYSVSEM, top);
    return 0;
}
