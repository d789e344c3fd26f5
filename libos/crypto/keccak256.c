/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Keccak-256: the sponge of FIPS 202 with a rate of 136 bytes and the padding of Keccak. */
#include <public/zkvm_accelerators.h>
#include <zeroos/host.h>

enum { LANES = 25, ROUNDS = 24, RATE = 136 };

static uint64_t rotate(uint64_t lane, unsigned bits)
{
    return bits ? lane << bits | lane >> (64 - bits) : lane;
}

/* The steps of FIPS 202, 3.2: theta, rho and pi, chi, iota. Rotations and round constants follow
 * from their definitions (3.2.2, 3.2.5), so there is no table. */
__attribute__((weak)) void zeroos_keccak_f1600(uint64_t state[LANES])
{
    unsigned feedback = 1;
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t column[5], lane = state[1];
        for (int x = 0; x < 5; x++)
            column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
        for (int x = 0; x < 5; x++) {
            uint64_t mix = column[(x + 4) % 5] ^ rotate(column[(x + 1) % 5], 1);
            for (int y = 0; y < LANES; y += 5)
                state[x + y] ^= mix;
        }
        lane = state[1];
        for (unsigned t = 0, x = 1, y = 0; t < 24; t++) {
            unsigned next = (2 * x + 3 * y) % 5;
            x = y;
            y = next;
            uint64_t moved = state[x + 5 * y];
            state[x + 5 * y] = rotate(lane, (t + 1) * (t + 2) / 2 % 64);
            lane = moved;
        }
        for (int y = 0; y < LANES; y += 5) {
            for (int x = 0; x < 5; x++)
                column[x] = state[x + y];
            for (int x = 0; x < 5; x++)
                state[x + y] = column[x] ^ (~column[(x + 1) % 5] & column[(x + 2) % 5]);
        }
        for (int j = 0; j < 7; j++) {
            if (feedback & 1)
                state[0] ^= (uint64_t)1 << ((1 << j) - 1);
            feedback = feedback & 0x80 ? feedback << 1 ^ 0x171 : feedback << 1;
        }
    }
}

zkvm_status zkvm_keccak256(const uint8_t *data, size_t length, zkvm_keccak256_hash *output)
{
    uint64_t state[LANES] = {0};
    unsigned char *bytes = (unsigned char *)state;
    unsigned char *out = (unsigned char *)output;
    for (;; data += RATE, length -= RATE) {
        size_t some = length < RATE ? length : RATE;
        for (size_t i = 0; i < some; i++)
            bytes[i] ^= data[i];
        if (some < RATE)
            break;
        zeroos_keccak_f1600(state);
    }
    bytes[length] ^= 1;
    bytes[RATE - 1] ^= 0x80;
    zeroos_keccak_f1600(state);
    for (size_t i = 0; i < 32; i++)
        out[i] = bytes[i];
    return ZKVM_EOK;
}
