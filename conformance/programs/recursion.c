/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdio.h>

static unsigned ackermann(unsigned m, unsigned n)
{
    return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

static unsigned depth(unsigned n, volatile unsigned *above)
{
    volatile unsigned here[4] = {n, *above, 0, 0};
    return n == 0 ? here[1] : depth(n - 1, here) + (here[0] == n);
}

int main(void)
{
    volatile unsigned top = 0;
    printf("%u %u\n", ackermann(2, 9), depth(5000, &top));
    return 0;
}
