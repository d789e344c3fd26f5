/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { QUERY = 0, PRIVATE = 8, REGISTER = 16 };

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    show("query", syscall(SYS_membarrier, QUERY, 0, 0) & (PRIVATE | REGISTER));
    show("not registered", syscall(SYS_membarrier, PRIVATE, 0, 0));
    show("register", syscall(SYS_membarrier, REGISTER, 0, 0));
    show("registered", syscall(SYS_membarrier, PRIVATE, 0, 0));
    show("flags", syscall(SYS_membarrier, QUERY, 2, 0));
    show("unknown", syscall(SYS_membarrier, 1 << 20, 0, 0));
    return 0;
}
