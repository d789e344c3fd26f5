/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdio.h>

int main(void)
{
    printf("%f\n", 3.25);
    return 0;
}
