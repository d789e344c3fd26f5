/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The console is no terminal, has no position, and is always ready. */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

#ifndef SYS_ppoll
#define SYS_ppoll SYS_ppoll_time64 /* riscv32 */
#endif

int main(void)
{
    struct winsize size;
    struct stat status;
    struct pollfd fds[4] = {{0, POLLIN, 0}, {1, POLLOUT, 0}, {-1, POLLIN, 7}, {99, POLLIN, 0}};
    for (int fd = 0; fd < 3; fd++) {
        printf("%d", isatty(fd));
        printf(" %d", errno == ENOTTY);
        printf(" %d", ioctl(fd, TIOCGWINSZ, &size));
        printf(" %d", errno == ENOTTY);
        printf(" %ld", (long)lseek(fd, 0, SEEK_CUR));
        printf(" %d", errno == ESPIPE);
        printf(" %d\n", fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode));
    }
    printf("%d", ioctl(99, TIOCGWINSZ, &size));
    printf(" %d\n", errno == EBADF);
    printf("%ld", (long)lseek(99, 0, SEEK_CUR));
    printf(" %d\n", errno == EBADF);
    printf("%d", poll(fds, 4, 1000));
    printf(" %d %d %d %d\n", fds[0].revents & POLLIN, fds[1].revents, fds[2].revents,
           fds[3].revents);
    printf("%d\n", poll(NULL, 0, 10));
    printf("%ld", syscall(SYS_ppoll, (void *)8, 1, NULL, NULL, 8));
    printf(" %d\n", errno == EFAULT);
    return 0;
}
