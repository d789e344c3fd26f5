/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The default of most signals is the end, by 128 + the signal's number. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    (void)!write(1, "before\n", 7);
    raise(SIGCHLD);
    raise(SIGURG);
    raise(SIGWINCH);
    raise(SIGCONT);
    (void)!write(1, "ignored\n", 8);
    kill(getpid(), SIGTERM);
    (void)!write(1, "not reached\n", 12);
    return 0;
}
