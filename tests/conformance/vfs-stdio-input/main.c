/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Lines of standard input through stdio. */
#include <stdio.h>
#include <string.h>

int main(void)
{
    char line[100];
    int number, lines = 0;
    if (scanf("%d\n", &number) != 1)
        return 1;
    printf("%d\n", number);
    while (fgets(line, sizeof line, stdin)) {
        lines++;
        printf("%d %zu: %s", lines, strlen(line), line);
    }
    printf("\n%d %d\n", feof(stdin) != 0, ferror(stdin) != 0);
    return 0;
}
