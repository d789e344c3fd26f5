/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    puts("before");
    fflush(stdout);
    printf("%d\n", fork() >= 0);
    return 0;
}
