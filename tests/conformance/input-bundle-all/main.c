/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Arguments, environment and standard input together decide what a program does. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    long result = argv[1][0] == '+' ? 0 : 1, number;
    while (scanf("%ld", &number) == 1)
        result = argv[1][0] == '+' ? result + number : result * number;
    printf("%ld %d\n", result * atol(getenv("FACTOR")), argc);
    return 0;
}
