/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The private input tells the time: 8 bytes, little-endian, before the rest. */
#include <stdio.h>
#include <time.h>

int main(void)
{
    char rest[20] = {0};
    printf("%llx\n", (long long)time(NULL));
    printf("%s\n", fgets(rest, sizeof rest, stdin));
    printf("%llx\n", (long long)time(NULL));
    return 0;
}
