/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* readv and writev where read and write would wait, fail or be interrupted. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

static int pipes[2];
static char data[65536];
static volatile int done;

static void handler(int signal)
{
    (void)signal;
}

static void *waiting(void *argument)
{
    struct iovec piece = {data, 1};
    show("full", writev(pipes[1], &piece, 1));
    show("full", write(pipes[1], data, 1));
    (void)!read(pipes[0], data, sizeof data);
    show("empty", readv(pipes[0], &piece, 1));
    done = 1;
    return argument;
}

int main(void)
{
    struct iovec piece = {data, 1}, bad = {(void *)8, 1};
    pthread_t thread;
    int fd = open("file", O_CREAT | O_RDWR, 0600);
    show("directory", readv(open(".", O_RDONLY), &piece, 1));
    show("memory", readv(fd, &bad, 1));
    show("memory", writev(fd, &bad, 1));
    show("memory", syscall(SYS_readv, fd, (void *)8, 1));
    show("count", readv(fd, &piece, 2000));
    show("closed", readv(99, &piece, 1));
    show("full device", writev(open("/dev/full", O_RDWR), &piece, 1));
    (void)!write(fd, "0123456789", 10);
    (void)!pipe2(pipes, O_NONBLOCK);
    show("would wait", readv(pipes[0], &piece, 1));
    (void)!write(pipes[1], data, sizeof data);
    show("would wait", writev(pipes[1], &piece, 1));
    off_t offset = 0;
    show("would wait", sendfile(pipes[1], fd, &offset, 5));
    fcntl(pipes[0], F_SETFL, 0);
    fcntl(pipes[1], F_SETFL, 0);
    struct sigaction action = {.sa_handler = handler};
    sigaction(SIGUSR1, &action, NULL);
    pthread_create(&thread, NULL, waiting, NULL);
    while (!done) {
        usleep(10000);
        pthread_kill(thread, SIGUSR1);
    }
    pthread_join(thread, NULL);
    signal(SIGPIPE, SIG_IGN);
    close(pipes[0]);
    show("broken", writev(pipes[1], &piece, 1));
    return 0;
}
