/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Several MiB, read by stdio. */
#include <stdint.h>
#include <stdio.h>

int main(void)
{
    static unsigned char buffer[65536];
    uint32_t a = 1, b = 0;
    size_t total = 0, got;
    while ((got = fread(buffer, 1, sizeof buffer, stdin)) > 0) {
        for (size_t i = 0; i < got; i++) {
            a = (a + buffer[i]) % 65521;
            b = (b + a) % 65521;
        }
        total += got;
    }
    printf("%zu %08x\n", total, b << 16 | a);
    return 0;
}
