/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* argv, environ and the auxiliary vector are where programs look for them. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char **argv)
{
    printf("%d\n", argc);
    for (int i = 0; i < argc; i++)
        puts(argv[i]);
    printf("%d\n", argv[argc] == NULL);
    printf("%s\n", getenv("NOT_THERE") ? "set" : "unset");
    printf("%d %lu %ld\n", environ != NULL, getauxval(AT_PAGESZ), sysconf(_SC_PAGESIZE));
    printf("%d\n", getauxval(AT_RANDOM) != 0);
    argv[0][0] = 'X';
    puts(argv[0]);
    return 0;
}
