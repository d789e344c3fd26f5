/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* There are no children to wait for. */
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
    int status;
    show("any", wait(&status));
    show("one", waitpid(4194304, &status, 0));
    show("group", waitpid(0, &status, WNOHANG));
    show("waitid any", waitid(P_ALL, 0, &info, WEXITED));
    show("waitid one", waitid(P_PID, 4194304, &info, WEXITED | WNOHANG));
    show("waitid group", waitid(P_PGID, 1, &info, WSTOPPED));
    show("no state", waitid(P_ALL, 0, &info, WNOHANG));
    show("unknown state", waitid(P_ALL, 0, &info, WEXITED | 0x100));
    show("process 0", waitid(P_PID, 0, &info, WEXITED));
    show("unknown kind", waitid((idtype_t)9, 0, &info, WEXITED));
#ifdef SYS_wait4
    show("options", syscall(SYS_wait4, -1, &status, 0x100, NULL));
#else
    puts("options: -1 Invalid argument");
#endif
    return 0;
}
