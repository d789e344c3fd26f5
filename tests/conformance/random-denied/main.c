/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Random bytes that a prover could choose are not handed out unless the manifest says so. */
#include <stdio.h>
#include <sys/random.h>

int main(void)
{
    unsigned char insecure[4], secure[4];
    printf("%zd", getrandom(insecure, 4, 4));
    printf(" %d\n", insecure[0] == insecure[3]);
    fflush(stdout);
    printf("%zd\n", getrandom(secure, 4, 0));
    return 0;
}
