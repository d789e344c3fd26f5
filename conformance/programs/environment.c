/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

extern char **environ;

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        printf("%s|", argv[i]);
    printf("%s|%s\n", getenv("NAME"), getenv("MISSING") ? "there" : "missing");
    return argv[argc] != 0;
}
