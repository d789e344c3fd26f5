/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Pipes of one thread: order, ends, what may not be done with them. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    char text[20] = "";
    struct stat status;
    int pipes[2], count;
    show("pipe", pipe(pipes));
    show("write", write(pipes[1], "first ", 6));
    show("write", write(pipes[1], "second", 6));
    show("available", ioctl(pipes[0], FIONREAD, &count));
    printf("%d\n", count);
    show("read", read(pipes[0], text, 8));
    printf("%.8s\n", text);
    show("read", read(pipes[0], text, 20));
    printf("%.4s\n", text);
    show("nothing", read(pipes[0], text, 0));
    show("wrong end", read(pipes[1], text, 1));
    show("wrong end", write(pipes[0], text, 1));
    show("seek", lseek(pipes[0], 0, SEEK_SET));
    fstat(pipes[0], &status);
    printf("%o\n", status.st_mode);
    show("flags", fcntl(pipes[0], F_GETFL) & O_ACCMODE);
    show("flags", fcntl(pipes[1], F_GETFL) & O_ACCMODE);
    show("write", write(pipes[1], "last", 4));
    show("close", close(pipes[1]));
    show("read", read(pipes[0], text, 20));
    show("end", read(pipes[0], text, 20));
    show("end", read(pipes[0], text, 20));
    close(pipes[0]);
    show("pipe2", pipe2(pipes, O_NONBLOCK | O_CLOEXEC));
    show("flags", fcntl(pipes[0], F_GETFL) & O_NONBLOCK);
    show("flags", fcntl(pipes[0], F_GETFD));
    show("empty", read(pipes[0], text, 1));
    show("no room for numbers", syscall(SYS_pipe2, (void *)8, 0));
    show("bad flags", pipe2(pipes, O_TRUNC));
    static char data[100000], back[100000];
    for (unsigned i = 0; i < sizeof data; i++)
        data[i] = (char)(i * 5 + i / 256);
    show("full", write(pipes[1], data, sizeof data));
    show("no more", write(pipes[1], data, 1));
    show("read", read(pipes[0], back, 5000));
    show("some", write(pipes[1], data + 65536, 4096));
    show("read", read(pipes[0], back + 5000, 95000));
    printf("%d\n", memcmp(data, back, 65536 + 4096));
    close(pipes[0]);
    close(pipes[1]);
    while (pipe(pipes) == 0)
        ;
    show("too many", -1);
    return 0;
}
