/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <limits.h>
#include <stdio.h>

int main(void)
{
    printf("%d %u %x %o %c %s|%8.3s|%-6d|%06d\n", -42, 42u, 0xbeefu, 8u, 'z', "text", "abcdef", 7,
           7);
    printf("%lld %llu %p\n", LLONG_MIN, ULLONG_MAX, (void *)0);
    printf("%f %.10f %e %g %a\n", 3.14159, 1.0 / 3, 6.02214076e23, 0.0001, 1.5);
    printf("%.3f %.0f %f %f\n", 2.0005, 0.5, 1e15 + 0.3, -0.0);
    printf("no newline at the end");
    return 0;
}
