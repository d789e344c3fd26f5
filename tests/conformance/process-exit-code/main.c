/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Exit codes keep their low 8 bits, and functions of atexit run in reverse order. */
#include <stdio.h>
#include <stdlib.h>

static void first(void)
{
    puts("first");
}

static void second(void)
{
    puts("second");
}

int main(void)
{
    atexit(first);
    atexit(second);
    fputs("no newline at the end", stdout);
    return 256 + 41;
}
