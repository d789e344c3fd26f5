/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* SHA-256 (FIPS 180-4), incremental, for targets whose public output is committed to by hash. */
#include <zeroos/libos.h>

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static const uint32_t start[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static uint32_t rotate(uint32_t word, int bits)
{
    return word >> bits | word << (32 - bits);
}

/* The message schedule is a ring of 16 words, so that the handler's stack stays small. */
static void compress(uint32_t hash[8], const unsigned char *block)
{
    uint32_t w[16], s[8];
    for (int i = 0; i < 16; i++, block += 4)
        w[i] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 |
               block[3];
    for (int i = 0; i < 8; i++)
        s[i] = hash[i];
    for (int i = 0; i < 64; i++) {
        uint32_t word = w[i % 16];
        uint32_t e = s[4], a = s[0];
        uint32_t t1 = s[7] + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
                      ((e & s[5]) ^ (~e & s[6])) + constants[i] + word;
        uint32_t t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) +
                      ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));
        uint32_t next = w[(i + 1) % 16], late = w[(i + 14) % 16];
        w[i % 16] = word + (rotate(next, 7) ^ rotate(next, 18) ^ next >> 3) + w[(i + 9) % 16] +
                    (rotate(late, 17) ^ rotate(late, 19) ^ late >> 10);
        s[7] = s[6], s[6] = s[5], s[5] = e;
        s[4] = s[3] + t1;
        s[3] = s[2], s[2] = s[1], s[1] = a;
        s[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++)
        hash[i] += s[i];
}

/* Targets with an accelerator have their own. */
__attribute__((weak)) void zeroos_sha256_blocks(uint32_t hash[8], const unsigned char *data,
                                                size_t count)
{
    for (; count; count--, data += 64)
        compress(hash, data);
}

void zeroos_sha256_add(struct zeroos_sha256 *state, const void *data, size_t length)
{
    const unsigned char *bytes = data;
    if (state->hash[0] == 0 && state->length == 0)
        memcpy(state->hash, start, sizeof start);
    size_t used = state->length % 64;
    state->length += length;
    if (used) {
        size_t part = length < 64 - used ? length : 64 - used;
        memcpy(state->block + used, bytes, part);
        if (used + part < 64)
            return;
        zeroos_sha256_blocks(state->hash, state->block, 1);
        bytes += part;
        length -= part;
    }
    if (length >= 64)
        zeroos_sha256_blocks(state->hash, bytes, length / 64);
    memcpy(state->block, bytes + length / 64 * 64, length % 64);
}

void zeroos_sha256_end(struct zeroos_sha256 *state, unsigned char digest[32])
{
    uint64_t bits = state->length * 8;
    static const unsigned char padding[64] = {0x80};
    size_t used = state->length % 64;
    zeroos_sha256_add(state, padding, (used < 56 ? 56 : 120) - used);
    unsigned char size[8];
    for (int i = 0; i < 8; i++)
        size[i] = (unsigned char)(bits >> (56 - 8 * i));
    zeroos_sha256_add(state, size, sizeof size);
    for (int i = 0; i < 32; i++)
        digest[i] = (unsigned char)(state->hash[i / 4] >> (24 - 8 * (i % 4)));
}
