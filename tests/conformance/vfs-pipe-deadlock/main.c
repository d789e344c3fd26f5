/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A lone thread that reads an empty pipe waits for ever. */
#define _GNU_SOURCE
#include <unistd.h>

int main(void)
{
    int pipes[2];
    char byte;
    (void)!pipe(pipes);
    (void)!write(1, "reading\n", 8);
    return (int)read(pipes[0], &byte, 1);
}
