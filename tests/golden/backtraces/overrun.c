/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The main stack runs over: a fault, thousands of frames deep. */
#include <stdio.h>

static volatile unsigned stop;

__attribute__((noinline)) static unsigned deeper(unsigned n)
{
    volatile char room[1000];
    room[n % sizeof room] = (char)n;
    if (n == stop)
        return n;
    return deeper(n + 1) + (unsigned char)room[n % sizeof room];
}

int main(void)
{
    printf("%u\n", deeper(1));
    return 0;
}
