/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* __builtin_trap, in a function that saved its return address and in a leaf. */
#include <stdio.h>

static volatile int zero;

__attribute__((noinline)) static int check(int n)
{
    if (n == 0)
        __builtin_trap();
    return n + 1;
}

int main(void)
{
    return check(zero) + 1;
}
