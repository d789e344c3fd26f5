/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, errno ? strerror(errno) : "");
    errno = 0;
}

int main(void)
{
    errno = 0;
    show("first", getpriority(PRIO_PROCESS, 0));
    show("set", setpriority(PRIO_PROCESS, 0, 3));
    show("get", getpriority(PRIO_PROCESS, getpid()));
    show("nice", nice(2));
    show("get", getpriority(PRIO_PROCESS, 0));
    show("too much", setpriority(PRIO_PROCESS, 0, 100));
    show("most", getpriority(PRIO_PROCESS, 0));
    show("nobody", setpriority(PRIO_PROCESS, 4194304, 0));
    show("nobody's", getpriority(PRIO_PROCESS, 4194304));
    show("kind", setpriority(7, 0, 0));
    show("kind", getpriority(-1, 0));
    return 0;
}
