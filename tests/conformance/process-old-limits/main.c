/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* getrlimit and setrlimit as calls of their own, which riscv32 never had. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if __riscv_xlen == 64
static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    struct rlimit limit = {0, 0}, bad = {10, 5};
    show("get", syscall(SYS_getrlimit, RLIMIT_NOFILE, &limit));
    printf("%d\n", limit.rlim_cur >= 64 && limit.rlim_cur <= limit.rlim_max);
    show("set", syscall(SYS_setrlimit, RLIMIT_NOFILE, &limit));
    show("get no such", syscall(SYS_getrlimit, 99, &limit));
    show("set no such", syscall(SYS_setrlimit, 99, &limit));
    show("above its maximum", syscall(SYS_setrlimit, RLIMIT_CPU, &bad));
    show("get to nowhere", syscall(SYS_getrlimit, RLIMIT_CPU, (void *)8));
    show("get to nothing", syscall(SYS_getrlimit, RLIMIT_CPU, NULL));
    show("set from nowhere", syscall(SYS_setrlimit, RLIMIT_CPU, (void *)8));
    return 0;
}
#else
int main(void)
{
    puts("none");
    return 0;
}
#endif
