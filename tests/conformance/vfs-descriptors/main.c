/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* dup, dup3, fcntl: the lowest free number, shared files, flags of descriptors. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    int error = result < 0 ? errno : 0;
    printf("%s: %ld %s\n", what, result,
           error == 0        ? ""
           : error == EBADF  ? "EBADF"
           : error == EINVAL ? "EINVAL"
                             : "other");
}

int main(void)
{
    /* What an emulator holds open for itself. */
    for (int fd = 3; fd < 20; fd++)
        close(fd);
    show("dup", dup(1));
    show("dup", dup(0));
    show("close", close(3));
    show("lowest", dup(2));
    show("dup2", dup2(1, 10));
    show("next", dup(1));
    show("dup2 to itself", dup2(1, 1));
    show("dup3 to itself", dup3(1, 1, 0));
    show("dup3 flags", dup3(1, 20, O_APPEND));
    show("dup3", dup3(1, 300, O_CLOEXEC));
    show("its flags", fcntl(300, F_GETFD));
    show("clear", fcntl(300, F_SETFD, 0));
    show("its flags", fcntl(300, F_GETFD));
    show("from", fcntl(1, F_DUPFD, 300));
    show("from", fcntl(1, F_DUPFD_CLOEXEC, 300));
    show("its flags", fcntl(302, F_GETFD));
    show("too high", fcntl(1, F_DUPFD, 1 << 30));
    show("mode of 0", fcntl(0, F_GETFL) & O_ACCMODE);
    show("mode of 1", fcntl(1, F_GETFL) & O_ACCMODE);
    show("set", fcntl(301, F_SETFL, O_NONBLOCK | O_WRONLY));
    show("shared", fcntl(1, F_GETFL) & (O_NONBLOCK | O_ACCMODE));
    show("set", fcntl(1, F_SETFL, 0));
    show("command", fcntl(1, 9999));
    show("closed", fcntl(99, F_GETFD));
    show("dup closed", dup(99));
    show("dup2 closed", dup2(99, 5));
    show("dup2 negative", dup2(1, -1));
    show("close closed", close(99));
    show("write", (long)write(301, "through 301\n", 12));
    for (int fd = 3; fd < 310; fd++)
        close(fd);
    show("write", (long)write(1, "still open\n", 11));
    return 0;
}
