/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The C library's own checks end the run as a failure, also where a null store is no fault. */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *volatile block = malloc(100), *volatile other = malloc(100);
    puts("before");
    fflush(stdout);
    free(block);
    free(block);
    puts(other ? "not reached" : "");
    return 0;
}
