/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The main stack ends in a canary too. */
#include <stdio.h>

static int recurse(volatile char *above, int n)
{
    volatile char room[1000];
    room[0] = *above;
    if (n)
        recurse(room, n - 1);
    return *above + room[0];
}

int main(void)
{
    volatile char start = 0;
    return recurse(&start, 66);
}
