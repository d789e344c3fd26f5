/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct __attribute__((packed)) record {
    uint8_t kind;
    uint16_t two;
    uint32_t four;
    uint64_t eight;
};

int main(void)
{
    unsigned char bytes[64], copy[64];
    uint64_t sum = 0;
    for (int i = 0; i < 64; i++)
        bytes[i] = (unsigned char)(i * 37);
    for (int i = 0; i < 32; i++) {
        struct record record;
        uint64_t value;
        memcpy(&value, bytes + i, sizeof value);
        memcpy(&record, bytes + i, sizeof record);
        sum = sum * 31 + value + record.two + record.four + record.eight;
        memset(copy, 0, sizeof copy);
        memmove(copy + i % 7, bytes + i, 29);
        memmove(copy + 3, copy + i % 5, 40);
        for (int k = 0; k < 64; k++)
            sum = sum * 31 + copy[k];
    }
    printf("%016llx\n", (unsigned long long)sum);
    return 0;
}
