/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %s\n", what,
           result == 0       ? "ok"
           : errno == EINVAL ? "EINVAL"
           : errno == EFAULT ? "EFAULT"
           : errno == ESRCH  ? "ESRCH"
                             : "other");
}

int main(void)
{
    struct rlimit limit;
    show("stack", getrlimit(RLIMIT_STACK, &limit));
    printf("%d\n", limit.rlim_cur >= 65536);
    show("files", getrlimit(RLIMIT_NOFILE, &limit));
    printf("%d\n", limit.rlim_cur >= 1024);
    show("set", setrlimit(RLIMIT_NOFILE, &limit));
    show("resource", syscall(SYS_prlimit64, 0, 99, NULL, &limit));
    limit.rlim_cur = 10, limit.rlim_max = 5;
    show("above maximum", setrlimit(RLIMIT_CPU, &limit));
    show("pointer", syscall(SYS_prlimit64, 0, RLIMIT_CPU, NULL, (void *)8));
    show("process", syscall(SYS_prlimit64, 4194304, RLIMIT_CPU, NULL, &limit));
    return 0;
}
