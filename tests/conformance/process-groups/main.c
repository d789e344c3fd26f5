/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Sessions and process groups, as the leader of a session sees them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    /* The oracle becomes what an image always is. */
    setsid();
    printf("%d %d\n", getpgid(0) == getpid(), getsid(0) == getpid());
    printf("%d %d\n", getpgid(getpid()) == getpid(), getsid(getpid()) == getpid());
    printf("%d %d\n", getpgrp() == getpid(), getppid() != getpid());
    show("session", setsid());
    show("group", setpgid(0, 0));
    show("less than none", setpgid(0, -1));
    show("group of nobody", setpgid(4194304, 0));
    show("nobody's group", getpgid(4194304));
    show("nobody's session", getsid(4194304));
    return 0;
}
