/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char line[64];
    FILE *file = fopen("/parameters.txt", "r");
    if (!file)
        return 1;
    while (fgets(line, sizeof line, file))
        fputs(line, stdout);
    fclose(file);
    return 0;
}
