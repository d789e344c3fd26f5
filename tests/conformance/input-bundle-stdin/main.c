/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Standard input of a bundle: by lines, by bytes, and its end for good. */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    char line[64];
    char c;
    while (fgets(line, sizeof line, stdin))
        printf("> %s\n", line);
    printf("%d %d\n", feof(stdin) != 0, ferror(stdin) != 0);
    printf("%zd %zd\n", read(0, &c, 1), read(0, &c, 1));
    return 0;
}
