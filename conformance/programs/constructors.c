/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

static int count;

__attribute__((constructor(102))) static void second(void)
{
    printf("second %d\n", count++);
}

__attribute__((constructor(101))) static void first(void)
{
    printf("first %d\n", count++);
}

__attribute__((destructor)) static void last(void)
{
    printf("last %d\n", count++);
}

static void at_exit(void)
{
    printf("at exit %d\n", count++);
}

int main(void)
{
    atexit(at_exit);
    printf("main %d\n", count++);
    return 0;
}
