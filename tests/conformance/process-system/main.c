/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* uname, sysinfo and getrusage: what every system must say of itself. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

int main(void)
{
    struct utsname name;
    struct sysinfo info;
    struct rusage usage;
    int result = uname(&name);
    printf("%d %s %s %d\n", result, name.sysname, name.machine, strlen(name.release) > 0);
    result = sysinfo(&info);
    /* qemu-user cuts the host's memory to 32 bits, and then the smaller may be the larger. */
    int sound = sizeof(long) == 4 || info.freeram <= info.totalram;
    printf("%d %d %d %d\n", result, info.totalram > 0, sound, info.mem_unit >= 1);
    printf("%d\n", getrusage(RUSAGE_SELF, &usage));
    printf("%d", getrusage(42, &usage));
    printf(" %d\n", errno == EINVAL);
    printf("%ld", syscall(SYS_uname, (void *)16));
    printf(" %d\n", errno == EFAULT);
    printf("%ld", syscall(SYS_sysinfo, (void *)16));
    printf(" %d\n", errno == EFAULT);
    printf("%d %d\n", getpid() > 0, gettid() == getpid());
    return 0;
}
