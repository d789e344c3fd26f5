/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Calls everything of far.c and prints what it gives. */
#include <stdio.h>
#define GROUP(n)                                                                                   \
    long write##n(long), ask##n(long, long), many##n(long, long, long, long), count##n(int *);     \
    void leave##n(long)
GROUP(1);
GROUP(2);
GROUP(3);
#define USE(n)                                                                                     \
    printf("%ld %ld %ld %ld %ld\n", write##n(5), ask##n(57, -1), ask##n(62, -4),                   \
           many##n(9, 8, 7, 6), count##n(&counter)),                                               \
        fflush(stdout)
int counter = 3;
int main(void)
{
    USE(1);
    USE(2);
    USE(3);
    leave2(40);
}
