/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdio.h>
#include <sys/prctl.h>

int main(void)
{
    char name[16];
    prctl(PR_GET_NAME, name);
    puts(name);
    return 0;
}
