/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Random bytes are the next bytes of the private input; when it ends, so does the run. */
#include <stdio.h>
#include <sys/random.h>

int main(void)
{
    char bytes[11] = {0}, line[10] = {0};
    printf("%zd", getrandom(bytes, 10, 0));
    printf(" %s\n", bytes);
    printf("%s\n", fgets(line, 6, stdin));
    fflush(stdout);
    getrandom(bytes, 10, 0);
    puts("not reached");
    return 0;
}
