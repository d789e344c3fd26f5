/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* User and group numbers as somebody without rights sees and sets them: to what they are. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    uid_t user = getuid(), real, effective, saved;
    gid_t group = getgid(), groups[3];
    show("users", getresuid(&real, &effective, &saved));
    printf("%d\n", real == user && effective == user && saved == geteuid());
    show("groups", getresgid(&real, &effective, &saved));
    printf("%d\n", real == group && effective == group && saved == getegid());
    show("no memory", syscall(SYS_getresuid, &real, &effective, (void *)16));
    show("no memory", syscall(SYS_getresgid, &real, (void *)16, &saved));
    show("setuid", setuid(user));
    show("setgid", setgid(group));
    show("setreuid", setreuid((uid_t)-1, user));
    show("setregid", setregid(group, (gid_t)-1));
    show("setresuid", setresuid((uid_t)-1, (uid_t)-1, (uid_t)-1));
    show("setresgid", setresgid(group, group, group));
    show("nobody", syscall(SYS_setuid, -1));
    show("no group", syscall(SYS_setgid, -1));
    printf("%d %d\n", setfsuid((uid_t)-1) == (int)user, setfsgid((gid_t)-1) == (int)group);
    show("number of groups", getgroups(0, groups));
    show("groups", getgroups(3, groups));
    show("less than none", getgroups(-1, groups));
    return 0;
}
