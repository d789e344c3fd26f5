/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Standard input by lines and words, as programs read it; and no newline at its end. */
#include <stdio.h>
#include <string.h>

int main(void)
{
    char line[64], word[16];
    int number;
    while (fgets(line, sizeof line, stdin) && line[0] != '-')
        printf("%zu %s", strlen(line), line);
    while (scanf("%15s %d", word, &number) == 2)
        printf("%s=%d\n", word, number);
    printf("%d %d\n", feof(stdin) != 0, ferror(stdin) != 0);
    clearerr(stdin);
    printf("%d\n", getchar());
    return 0;
}
