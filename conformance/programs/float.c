/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    double sum = 0;
    float small = 1;
    for (int i = 1; i <= 50; i++) {
        sum +=
            sqrt(i) * sin(i) + log(i) / exp(i % 7) - pow(1.1, i % 9) + fmod(i * 1.7, 3) + cbrt(i);
        small = small * 1.01f + (float)i / 3;
    }
    printf("%.12f %.6f %d %u\n", sum, (double)small, (int)sum, (unsigned)(float)3e9);
    printf("%g %g %d %d\n", strtod("1e-310", 0), strtod("0x1.8p3", 0), isnan(0.0 / sum * NAN),
           isinf(sum * INFINITY));
    return 0;
}
