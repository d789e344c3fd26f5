/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What the other files share, used across objects; common optimizations of loops and strings. */
#include "corpus.h"

CASE(across)
{
    shared_counter ^= a;
    shared_tls += b;
    return forward2(102, shared_counter, shared_tls) + c + buffer[0];
}

static long partial(long x, long y, int rare)
{
    if (__builtin_expect(rare, 0)) {
        for (int i = 0; i < 5; i++)
            x = sys2(102, x, y + i);
        return x * y;
    }
    return x + y;
}

NOINLINE static long cold(long x)
{
    return partial(x, 3, x & 1) ^ partial(x, 9, x & 2);
}
CASE(split)
{
    return cold(a) + cold(b) + partial(c, a, (int)(c & 1)) + buffer[0];
}

__attribute__((weak)) NOINLINE long replaceable(long x)
{
    return sys1(101, x) + 1;
}
CASE(weak)
{
    return replaceable(a) * replaceable(b) + c + buffer[0];
}

CASE(stack_arrays)
{
    long n = 8 + (a & 31);
    long v[n], w[16];
    for (long i = 0; i < n; i++)
        v[i] = sys2(102, i, b);
    for (int i = 0; i < 16; i++)
        w[i] = v[(u64)(c + i) % (u64)n];
    /* Sorted: many branches, few calls. */
    for (int i = 1; i < 16; i++) {
        long x = w[i];
        int j = i - 1;
        for (; j >= 0 && w[j] > x; j--)
            w[j + 1] = w[j];
        w[j + 1] = x;
    }
    for (int i = 0; i < 16; i++)
        buffer[i + 16] = (u8)w[i];
    return w[0] ^ w[15];
}

CASE(deep_frame)
{
    u8 frame[4200];
    for (int i = 0; i < 4200; i += 97)
        frame[i] = (u8)(a + i);
    long r = sys1(101, frame[97 * (b & 31)]);
    frame[4199] = (u8)r;
    return r + frame[97] + frame[4199] + c + buffer[1];
}
