/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>

static uint64_t state = 88172645463325252u;

static uint64_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

/* The high half of a product, by parts of 32 bits. */
static uint64_t high(uint64_t a, uint64_t b)
{
    uint64_t low = (a & 0xffffffff) * (b & 0xffffffff), one = (a >> 32) * (b & 0xffffffff),
             two = (a & 0xffffffff) * (b >> 32);
    uint64_t middle = (low >> 32) + (one & 0xffffffff) + (two & 0xffffffff);
    return (a >> 32) * (b >> 32) + (one >> 32) + (two >> 32) + (middle >> 32);
}

int main(void)
{
    uint64_t sum = 0, wrong = 0;
    for (int i = 0; i < 200; i++) {
        uint64_t a = next(), b = next() >> (i % 60);
        int64_t c = (int64_t)next() >> (i % 50), d = ((int64_t)b >> 1) - (1 << (i % 30)) | 1;
        sum += a / (b | 1) + a % (b | 1) + (a >> (i % 64)) + (a << (i % 64)) + a * b;
        sum += (uint64_t)(c / d) ^ (uint64_t)(c % d) ^ (uint64_t)(c >> (i % 64));
        sum += high(a, b) + (uint64_t)__builtin_popcountll(a) + (uint64_t)__builtin_clzll(b | 1);
#ifdef __SIZEOF_INT128__
        unsigned __int128 product = (unsigned __int128)a * b, by = (unsigned __int128)c << 3 | 5;
        wrong += (uint64_t)(product >> 64) != high(a, b);
        wrong += product / by * by + product % by != product;
#endif
    }
    printf("%016" PRIx64 " %" PRIu64 "\n", sum, wrong);
    return 0;
}
