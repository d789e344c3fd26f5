/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Arguments of a bundle: in order, empty ones too, writable, ended by a null pointer. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "n:")) != -1)
        printf("-%c %s\n", option, optarg);
    for (int i = optind; i < argc; i++)
        printf("[%s] %zu\n", argv[i], strlen(argv[i]));
    argv[argc - 2][0] = 'T';
    printf("%s %d\n", argv[argc - 2], argv[argc] == NULL);
    return argc;
}
