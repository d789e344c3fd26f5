/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <signal.h>
#include <stdio.h>

int main(void)
{
    sigset_t set;
    puts("before");
    sigemptyset(&set);
    sigaddset(&set, SIGTSTP);
    sigaddset(&set, SIGCONT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    /* Each takes the other one back. */
    raise(SIGTSTP);
    raise(SIGCONT);
    sigpending(&set);
    printf("%d %d\n", sigismember(&set, SIGTSTP), sigismember(&set, SIGCONT));
    raise(SIGTSTP);
    sigpending(&set);
    printf("%d %d\n", sigismember(&set, SIGTSTP), sigismember(&set, SIGCONT));
    fflush(stdout);
    raise(SIGSTOP);
    puts("behind");
    return 0;
}
