/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Writing where nobody reads: EPIPE and SIGPIPE. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

static int caught;

static void handler(int signal)
{
    caught += signal == SIGPIPE;
}

int main(void)
{
    int pipes[2], pair[2];
    (void)!pipe(pipes);
    (void)!socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    close(pipes[0]);
    close(pair[0]);
    signal(SIGPIPE, SIG_IGN);
    show("ignored", write(pipes[1], "x", 1));
    show("ignored", write(pair[1], "x", 1));
    signal(SIGPIPE, handler);
    show("caught", write(pipes[1], "x", 1));
    printf("%d\n", caught);
    signal(SIGPIPE, SIG_DFL);
    fflush(stdout);
    show("deadly", write(pipes[1], "x", 1));
    return 0;
}
