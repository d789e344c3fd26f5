/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ChaCha20 (RFC 8439) with the seed of the manifest as key: nonce 0, counter from 0, the key
 * stream in order, each byte handed out once. */
#include <zeroos/random.h>

#define QUARTER(a, b, c, d)                                                                        \
    (a += b, d = rotate(d ^ a, 16), c += d, b = rotate(b ^ c, 12), a += b, d = rotate(d ^ a, 8),   \
     c += d, b = rotate(b ^ c, 7))

static uint32_t rotate(uint32_t word, int bits)
{
    return word << bits | word >> (32 - bits);
}

static void block(uint32_t counter, unsigned char out[64])
{
    uint32_t start[16] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574}, x[16];
    for (int i = 0; i < 8; i++)
        start[4 + i] = (uint32_t)zeroos_seed[4 * i] | (uint32_t)zeroos_seed[4 * i + 1] << 8 |
                       (uint32_t)zeroos_seed[4 * i + 2] << 16 |
                       (uint32_t)zeroos_seed[4 * i + 3] << 24;
    start[12] = counter;
    memcpy(x, start, sizeof x);
    for (int round = 0; round < 10; round++) {
        QUARTER(x[0], x[4], x[8], x[12]);
        QUARTER(x[1], x[5], x[9], x[13]);
        QUARTER(x[2], x[6], x[10], x[14]);
        QUARTER(x[3], x[7], x[11], x[15]);
        QUARTER(x[0], x[5], x[10], x[15]);
        QUARTER(x[1], x[6], x[11], x[12]);
        QUARTER(x[2], x[7], x[8], x[13]);
        QUARTER(x[3], x[4], x[9], x[14]);
    }
    for (int i = 0; i < 16; i++) {
        uint32_t word = x[i] + start[i];
        for (int j = 0; j < 4; j++)
            out[4 * i + j] = (unsigned char)(word >> 8 * j);
    }
}

void zeroos_random_bytes(void *buffer, size_t length, bool secure)
{
    static unsigned char stream[64];
    static unsigned used = sizeof stream;
    static uint32_t counter;
    (void)secure;
    for (unsigned char *at = buffer; length; length--) {
        if (used == sizeof stream) {
            if (counter == UINT32_MAX)
                zeroos_fail(ZEROOS_DENIED, "the random seed is used up after 256 GiB");
            block(counter++, stream);
            used = 0;
        }
        *at++ = stream[used++];
    }
}

const bool zeroos_random_denied = false;
