/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Arguments and environment come from the manifest; the exit code goes to whoever runs it. */
#include <stdio.h>
#include <stdlib.h>

extern char **environ;

int main(int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        printf("argv[%d] = %s\n", i, argv[i]);
    for (char **variable = environ; *variable; variable++)
        printf("%s\n", *variable);
    if (argc < 2)
        return 2;
    char *end;
    long code = strtol(argv[1], &end, 10);
    fprintf(stderr, "leaving with %ld\n", code);
    return *end ? 2 : (int)code;
}
