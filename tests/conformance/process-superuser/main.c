/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What only the superuser may do, where there is nobody else to become. */
#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
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
    gid_t groups[3] = {0, 0, 0}, other[2] = {0, 5};
    printf("%d %d %d %d\n", getuid(), geteuid(), getgid(), getegid());
    show("setuid", setuid(1000));
    show("setgid", setgid(1000));
    show("setreuid", setreuid(0, 1000));
    show("setregid", setregid(1000, 0));
    show("setresuid", setresuid(0, 0, 1000));
    show("setresgid", setresgid(0, 1000, 0));
    show("groups", setgroups(2, groups));
    show("how many", getgroups(0, NULL));
    groups[0] = groups[1] = groups[2] = 7;
    show("which", getgroups(3, groups));
    printf("%d %d %d\n", groups[0], groups[1], groups[2]);
    show("too few", getgroups(1, groups));
    show("no memory", syscall(SYS_getgroups, 3, (void *)16));
    show("no memory", syscall(SYS_setgroups, 1, (void *)16));
    show("too many", syscall(SYS_setgroups, 65537, groups));
    show("other", setgroups(2, other));
    show("none", setgroups(0, NULL));
    show("how many", getgroups(0, NULL));
    return 0;
}
