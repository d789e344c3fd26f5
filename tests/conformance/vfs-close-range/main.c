/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* close_range. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

int main(void)
{
    show("all", syscall(SYS_close_range, 3, ~0u, 0));
    for (int fd = 3; fd < 10; fd++)
        dup(0);
    show("some", syscall(SYS_close_range, 4, 6, 0));
    for (int fd = 3; fd < 10; fd++)
        show("open", fcntl(fd, F_GETFD));
    show("mark", syscall(SYS_close_range, 8, ~0u, 4));
    for (int fd = 7; fd < 10; fd++)
        show("flags", fcntl(fd, F_GETFD));
    show("order", syscall(SYS_close_range, 5, 4, 0));
    show("flags", syscall(SYS_close_range, 5, 6, 1));
    show("rest", syscall(SYS_close_range, 3, ~0u, 0));
    show("lowest", dup(0));
    return 0;
}
