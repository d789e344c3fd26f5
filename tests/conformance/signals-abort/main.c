/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* abort ends the process by SIGABRT: 134, whatever the handler does. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void handle(int signal)
{
    (void)signal;
    (void)!write(1, "handler\n", 8);
}

int main(void)
{
    signal(SIGABRT, handle);
    printf("lost in the buffer");
    abort();
}
