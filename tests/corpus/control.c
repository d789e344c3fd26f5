/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Jump tables, computed goto, function pointers, tail calls, recursion. */
#include "corpus.h"

CASE(switch)
{
    long r = 0;
    for (int i = 0; i < 24; i++) {
        switch ((a >> i) & 15) {
        case 0:
            r += b;
            break;
        case 1:
            r ^= c;
            break;
        case 2:
            r = sys1(101, r);
            break;
        case 3:
            r -= 7;
            break;
        case 4:
            r = sys2(102, r, b);
            break;
        case 5:
            r <<= 1; /* fall through */
        case 6:
            r++;
            break;
        case 7:
            r = r * 31 + i;
            break;
        case 8:
            r = sys0(100) + r;
            break;
        case 9:
            buffer[i] = (u8)r;
            break;
        case 10:
            r |= 1;
            break;
        case 11:
            r = ~r;
            break;
        case 12:
            r = sys3(103, a, b, r);
            break;
        default:
            r = r >> 3 ^ a;
            break;
        }
    }
    return r;
}

/* Sparse values: a tree of comparisons. */
CASE(sparse)
{
    switch (sys1(101, a) & 0xfff0f) {
    case 1:
        return 5;
    case 0x10000:
        return sys1(101, b);
    case 0x20004:
        return c;
    case 0xf0009:
        return a ^ b;
    case 12:
        buffer[0] = 1;
        return 2;
    case 13:
        return sys2(102, a, c);
    default:
        return b - 1;
    }
}

/* A number chosen by a switch: a set of numbers at one site. */
CASE(number_of_a_switch)
{
    long n;
    switch (a & 3) {
    case 0:
        n = 100;
        break;
    case 1:
        n = 101;
        break;
    case 2:
        n = 102;
        break;
    default:
        n = 103;
        break;
    }
    buffer[1] = 9;
    return sys3(n, a, b, c) + b;
}

CASE(computed_goto)
{
    static void *const table[] = {&&plus, &&call, &&times, &&store, &&end};
    long r = b;
    int i = 0;
    goto *table[a & 3];
plus:
    r += c;
    goto *table[(a >> ++i) & 3];
call:
    r = sys2(102, r, i);
    if (++i > 40)
        goto end;
    goto *table[(a >> i) & 3];
times:
    r *= 3;
    goto *table[++i > 40 ? 4 : (a >> i) & 3];
store:
    buffer[i & 63] ^= (u8)r;
    if (++i > 40)
        goto *table[4];
    goto *table[(c >> i) & 3];
end:
    return r + i;
}

typedef long operation(long, long);
NOINLINE static long add(long x, long y)
{
    return x + y;
}
NOINLINE static long call(long x, long y)
{
    return sys2(102, x, y);
}
NOINLINE static long twice(long x, long y)
{
    return sys1(101, x) - sys1(101, y);
}
NOINLINE static long mul(long x, long y)
{
    return x * y ^ y;
}
static operation *const operations[] = {add, call, twice, mul};
static operation *volatile chosen = call;

CASE(function_pointers)
{
    long r = c;
    for (int i = 0; i < 12; i++)
        r = operations[(a >> 2 * i) & 3](r, b);
    chosen = operations[b & 3];
    r += chosen(r, a);
    buffer[2] = (u8)r;
    return r;
}

NOINLINE static long even(long n, long x, long y);
NOINLINE static long odd(long n, long x, long y)
{
    if (n == 0)
        return sys2(102, x, y);
    return even(n - 1, y, x + 1);
}
NOINLINE static long even(long n, long x, long y)
{
    if (n == 0)
        return x - y;
    x = sys1(101, x);
    return odd(n - 1, x, y);
}

CASE(tail_calls)
{
    buffer[0]++;
    return even(a & 31, b, c);
}

CASE(tail_pointer)
{
    long x = sys1(101, b);
    buffer[3] = (u8)x;
    return operations[a & 3](x, c);
}

NOINLINE static long ackermann(long m, long n)
{
    if (m == 0)
        return n + 1 + (sys0(100) & 1);
    if (n == 0)
        return ackermann(m - 1, 1);
    return ackermann(m - 1, ackermann(m, n - 1));
}

CASE(recursion)
{
    return ackermann(a & 1, b & 3) + ackermann(2, c & 1) + buffer[0];
}

NOINLINE static long walk(u8 *p, long n, long depth)
{
    long saved[4] = {n, depth, n ^ depth, p[n & 255]};
    if (depth == 0)
        return sys2(102, saved[2], saved[3]);
    long r = walk(p, n * 3 + 1, depth - 1) + walk(p, n * 5 + 2, depth - 1);
    p[depth] ^= (u8)r;
    return r + saved[0] * saved[1] + saved[3];
}

CASE(tree)
{
    return walk(buffer, a ^ b, 3 + (c & 1));
}

/* Many live values around a call. */
CASE(pressure)
{
    long v0 = a * 3, v1 = b * 5, v2 = c * 7, v3 = a ^ b, v4 = b ^ c, v5 = a + c, v6 = a - b;
    long v7 = b - c, v8 = a | b, v9 = b | c, v10 = a & c, v11 = a << 3, v12 = b >> 2, v13 = c << 1;
    long r = sys6(106, v0, v1, v2, v3, v4, v5);
    r += v0 ^ v1 * 3 ^ v2 * 5 ^ v3 * 7 ^ v4 * 9 ^ v5 * 11 ^ v6 * 13;
    long s = sys3(103, r, v7, v8);
    r ^= v7 + v8 * 2 + v9 * 4 + v10 * 8 + v11 * 16 + v12 * 32 + v13 * 64 + s + v0 + v6;
    buffer[7] = (u8)(r >> 9);
    return r;
}
