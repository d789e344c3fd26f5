/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <setjmp.h>
#include <stdio.h>

static jmp_buf place;

static void deeper(int level)
{
    if (level == 0)
        longjmp(place, 5);
    deeper(level - 1);
    puts("returned");
}

int main(void)
{
    volatile int times = 0;
    int value = setjmp(place);
    times++;
    printf("%d %d\n", value, times);
    if (times < 3)
        deeper(times * 10);
    return 0;
}
