/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* An abort inside of qsort's callback: the C library has no debug information. */
#include <stdlib.h>

static int compare(const void *left, const void *right)
{
    int a = *(const int *)left, b = *(const int *)right;
    if (a == 7 || b == 7)
        abort();
    return (a > b) - (a < b);
}

int main(void)
{
    int numbers[] = {5, 3, 9, 1, 7, 8, 2};
    qsort(numbers, sizeof numbers / sizeof numbers[0], sizeof numbers[0], compare);
    return numbers[0];
}
