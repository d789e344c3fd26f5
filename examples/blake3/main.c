/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Proves the BLAKE3 hash of a private input: the input stays private, the hash is public. */
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <blake3.h>
#include <zeroos/io.h>

int main(void)
{
    static uint8_t buffer[64 * 1024];
    blake3_hasher hasher;
    uint8_t digest[BLAKE3_OUT_LEN];
    size_t total = 0;
    ssize_t got;
    blake3_hasher_init(&hasher);
    while ((got = read(STDIN_FILENO, buffer, sizeof buffer)) > 0) {
        blake3_hasher_update(&hasher, buffer, (size_t)got);
        total += (size_t)got;
    }
    if (got < 0) {
        perror("read");
        return 1;
    }
    blake3_hasher_finalize(&hasher, digest, sizeof digest);
    write_output(digest, sizeof digest);
    printf("%zu bytes, BLAKE3 ", total);
    for (int i = 0; i < BLAKE3_OUT_LEN; i++)
        printf("%02x", digest[i]);
    puts("");
    return 0;
}
