/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    for (int i = 0; i < 2000; i++)
        printf("line %d of many, with some text behind it\n", i);
    for (int i = 0; i < 300; i++)
        fputs("a long line without end; ", stdout);
    fflush(stdout);
    putchar('\n');
    fflush(stdout);
    write(1, "part", 4);
    write(1, "s\n", 2);
    fputs("to stderr\n", stderr);
    return 0;
}
