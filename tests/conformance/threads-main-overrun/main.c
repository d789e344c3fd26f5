/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The main stack ends in a canary too: whoever writes to its last word has used up all of it. */
#include <stdio.h>

extern unsigned long zeroos_stack_low[];

static int recurse(const volatile char *above)
{
    volatile char room[500];
    room[0] = *above;
    if ((unsigned long)room > (unsigned long)zeroos_stack_low + 1200)
        return recurse(room) + room[0];
    *(volatile unsigned long *)zeroos_stack_low = 0;
    return 0;
}

int main(void)
{
    volatile char start = 0;
    printf("%d\n", recurse(&start));
    return 0;
}
