/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Where memory never leaves the machine, all of it is locked. */
#include <stdio.h>
#include <sys/mman.h>

int main(void)
{
    printf("%d %d\n", mlockall(MCL_CURRENT | MCL_FUTURE), munlockall());
    return 0;
}
