/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Variable arguments, structures by value, thread-local and global variables, 128-bit values. */
#include "corpus.h"

typedef __builtin_va_list va_list;
typedef unsigned __int128 u128;

NOINLINE static long sum(int n, ...)
{
    va_list list;
    long r = 0;
    __builtin_va_start(list, n);
    for (int i = 0; i < n; i++)
        r = r * 3 + (i % 3 == 2 ? (long)__builtin_va_arg(list, int) : __builtin_va_arg(list, long));
    __builtin_va_end(list);
    return sys1(101, r) ^ r;
}

CASE(varargs)
{
    long r = sum(3, a, b, (int)c) + sum(9, a, b, 7, c, a, 8, b, c, (int)a);
    buffer[0] = (u8)r;
    return r + sum(0);
}

CASE(forwarded)
{
    return forward(101, a) + forward(103, a, b, c) * 3 + buffer[0];
}
CASE(forwarded_twice)
{
    return forward2(102, a, b) ^ forward2(a & 1 ? 101 : 102, c, b) ^ buffer[1];
}

struct small {
    int x;
    short y;
    char z;
};
struct pair {
    long x, y;
};
struct big {
    long v[9];
    u8 tail[5];
};

NOINLINE static struct pair swap(struct pair p)
{
    return (struct pair){sys1(101, p.y), p.x};
}
NOINLINE static struct small grow(struct small s, char by)
{
    s.x += by;
    s.y = (short)(s.y * s.x);
    s.z ^= (char)sys0(100);
    return s;
}
NOINLINE static struct big mix(struct big x, struct pair p, struct big *other)
{
    for (int i = 0; i < 9; i++) {
        x.v[i] += p.x * i;
        other->v[8 - i] ^= sys2(102, x.v[i], p.y);
    }
    x.tail[3] = (u8)p.y;
    return x;
}

CASE(structures)
{
    struct pair p = swap((struct pair){a, b});
    struct small s = grow((struct small){(int)a, (short)b, 3}, (char)c);
    struct big x = {{a, b, c}, {1, 2, 3}}, y = {{c}, {0}};
    struct big z = mix(x, p, &y);
    for (int i = 0; i < 9; i++)
        buffer[i] = (u8)(z.v[i] >> 3 ^ y.v[i]);
    return p.x ^ p.y ^ s.x ^ s.y ^ s.z ^ z.v[5] ^ z.tail[3] ^ y.v[8] ^ x.v[2];
}

_Thread_local long shared_tls = 42;
static _Thread_local long local_tls;
static _Thread_local u8 tls_bytes[16] = {1, 2, 3};

CASE(tls)
{
    local_tls += a;
    shared_tls = sys2(102, local_tls, shared_tls);
    tls_bytes[b & 15] ^= (u8)c;
    long r = sys1(101, tls_bytes[a & 15]);
    return r + shared_tls + local_tls + buffer[0];
}

static long globals[3] = {1, 2, 3};
static long zeroed[40];
long shared_counter = 5;
static const char *const names[] = {"alpha", "beta", "gamma", "delta"};

CASE(globals)
{
    globals[0] ^= a;
    zeroed[b & 31] += sys1(101, globals[0]);
    shared_counter += zeroed[a & 31];
    const char *n = names[c & 3];
    long r = 0;
    while (*n)
        r = r * 131 + *n++;
    long *p = &globals[1];
    *p += r;
    buffer[4] = (u8)*p;
    return sys2(102, r, shared_counter) + globals[1] + zeroed[3];
}

NOINLINE static u128 wide(u128 x, u128 y, long n)
{
    u128 r = x * y + (x >> (n & 127)) - (y << (n & 63));
    r ^= (u128)sys1(101, (long)(r >> 64)) << 32;
    return r;
}

CASE(wide)
{
    u128 x = (u128)(u64)a << 64 | (u64)b, y = (u128)(u64)c * (u64)a;
    u128 r = wide(x, y, c);
    __int128 s = (__int128)a * b;
    r += x > y ? (u128)s : (u128)-s;
    if (s < 0)
        r ^= 0x1234;
    *(u128 *)buffer = r;
    return (long)r ^ (long)(r >> 64);
}

CASE(divide)
{
    long d = b | 1, r = a / d + a % d;
    u64 u = (u64)a / (u64)(c | 1) ^ (u64)c % (u64)d;
    int i = (int)a / ((int)(c & 0xff) | 1), j = (int)((u32)b % 10u) + (int)b / 7;
    r = sys2(102, r, (long)u);
    buffer[5] = (u8)(i + j);
    return r + i - j;
}

CASE(bits)
{
    u64 x = (u64)a, r = 0;
    x = x - (x >> 1 & 0x5555555555555555);
    x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
    x = ((x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f) * 0x0101010101010101 >> 56;
    for (int i = 0; i < 64; i += 3)
        r |= ((u64)b >> i & 1) << (63 - i);
    r ^= (u64)c << (a & 63) | (u64)c >> (-a & 63);
    u32 w = (u32)b;
    w = w >> 16 | w << 16;
    w = (w & 0xff00ff00u) >> 8 | (w & 0x00ff00ffu) << 8;
    r += (u64)sys1(101, (long)w);
    buffer[6] = (u8)x;
    return (long)(r ^ x ^ w ^ (u64)((long)(int)w * (short)a));
}

CASE(bytes)
{
    u8 copy[200];
    for (int i = 0; i < 200; i++)
        copy[i] = buffer[(i + a) & 255];
    for (int i = 1; i < 200; i++)
        copy[i] = (u8)(copy[i] + copy[i - 1] * 3);
    long r = sys2(102, copy[199], b);
    for (int i = 0; i < 200; i++)
        buffer[i + 300] = copy[199 - i];
    __builtin_memset(buffer + 600, (int)c, 77);
    return r + __builtin_memcmp(copy, buffer + 1, 3);
}
