/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <zkvm_accelerators.h>

static void show(const char *name, size_t length, const uint8_t hash[32])
{
    printf("%s %4zu ", name, length);
    for (int i = 0; i < 32; i++)
        printf("%02x", hash[i]);
    putchar('\n');
}

/* Nothing, "abc", and lengths around the blocks of both, from a place that is not aligned. */
int main(void)
{
    static uint8_t text[1201];
    static const size_t lengths[] = {0, 3, 55, 56, 63, 64, 65, 119, 135, 136, 137, 271, 272, 1200};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        zkvm_sha256_hash sha256;
        zkvm_keccak256_hash keccak;
        size_t length = lengths[i];
        for (size_t k = 0; k < length; k++)
            text[k + 1] = length == 3 ? (uint8_t)('a' + k) : (uint8_t)(k * 7 + length);
        if (zkvm_sha256(text + 1, length, &sha256) || zkvm_keccak256(text + 1, length, &keccak))
            return 1;
        show("sha256", length, sha256.data);
        show("keccak256", length, keccak.data);
    }
    return 0;
}
