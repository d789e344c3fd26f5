/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A signal to the process goes to a thread that does not block it, the first one before others,
 * and is waited for by whoever asks. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static pthread_t first;
static volatile int received;

static void handle(int signal)
{
    (void)signal;
    received = pthread_equal(pthread_self(), first) ? 1 : 2;
}

static void *run(void *blocked)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(blocked ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
    usleep(300000);
    return NULL;
}

static void *wait(void *argument)
{
    sigset_t set;
    int signal;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    sigwait(&set, &signal);
    printf("waited %d\n", signal == SIGUSR1);
    return argument;
}

static void *send(void *argument)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    /* The first thread unblocks its signals when it has made this one. */
    usleep(50000);
    kill(getpid(), SIGUSR1);
    return argument;
}

static void with(int main_blocks, void *(*other)(void *), void *argument)
{
    sigset_t set;
    pthread_t thread, sender;
    received = 0;
    pthread_create(&thread, NULL, other, argument);
    usleep(50000);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(main_blocks ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
    pthread_create(&sender, NULL, send, NULL);
    pthread_join(sender, NULL);
    pthread_join(thread, NULL);
    sigpending(&set);
    printf("received %d, pending %d\n", received, sigismember(&set, SIGUSR1));
}

int main(void)
{
    first = pthread_self();
    signal(SIGUSR1, handle);
    with(0, run, NULL);
    with(0, run, &first);
    with(1, run, NULL);
    with(1, wait, NULL);
    with(1, run, &first);
    return 0;
}
