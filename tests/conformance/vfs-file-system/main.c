/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* statfs and fstatfs. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    struct statfs one, two;
    int fd = open("file", O_CREAT | O_RDWR, 0600), pipes[2];
    show("path", statfs("file", &one));
    show("open", fstatfs(fd, &two));
    printf("%d %d %d\n", one.f_type == two.f_type, one.f_bsize == 4096, one.f_namelen == 255);
    printf("%d %d\n", one.f_blocks >= one.f_bfree, one.f_blocks != 0);
    show("pipe", pipe(pipes));
    show("pipe", fstatfs(pipes[0], &one));
    printf("%lx %ld\n", (unsigned long)one.f_type, (long)one.f_blocks);
    show("missing", statfs("gone", &one));
    show("closed", fstatfs(99, &one));
#ifdef SYS_statfs
    show("memory", syscall(SYS_statfs, "file", (void *)8));
    show("memory", syscall(SYS_fstatfs, fd, (void *)8));
#else
    show("memory", syscall(SYS_statfs64, "file", 88, (void *)8));
    show("memory", syscall(SYS_fstatfs64, fd, 88, (void *)8));
#endif
    return 0;
}
