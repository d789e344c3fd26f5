/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What compilers put where code cannot go on ends the run as a failure. */
#include <stdio.h>

int main(int argc, char **argv)
{
    puts("before");
    fflush(stdout);
    if (argc)
        __asm__ volatile("ebreak");
    puts(argv[0]);
    return 0;
}
