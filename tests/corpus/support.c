/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What compilers may call. Never lowered. */
typedef unsigned long size_t;

void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
    volatile unsigned char *t = to;
    const unsigned char *f = from;
    while (n--)
        *t++ = *f++;
    return to;
}

void *memset(void *to, int value, size_t n)
{
    volatile unsigned char *t = to;
    while (n--)
        *t++ = (unsigned char)value;
    return to;
}

int memcmp(const void *left, const void *right, size_t n)
{
    const volatile unsigned char *l = left, *r = right;
    for (; n--; l++, r++)
        if (*l != *r)
            return *l - *r;
    return 0;
}

void *memmove(void *to, const void *from, size_t n)
{
    volatile unsigned char *t = to;
    const volatile unsigned char *f = from;
    if (t <= f)
        while (n--)
            *t++ = *f++;
    else
        while (n--)
            t[n] = f[n];
    return to;
}

typedef unsigned __int128 u128;
union wide {
    u128 all;
    struct {
        unsigned long low, high;
    } half;
};

/* Shifts are calls at -Os. */
u128 __lshrti3(u128 x, int n)
{
    union wide v = {x}, r;
    r.half.high = n < 64 ? v.half.high >> n : 0;
    r.half.low = n == 0 ? v.half.low
               : n < 64 ? v.half.low >> n | v.half.high << (64 - n)
                        : v.half.high >> (n - 64);
    return r.all;
}

u128 __ashlti3(u128 x, int n)
{
    union wide v = {x}, r;
    r.half.low = n < 64 ? v.half.low << n : 0;
    r.half.high = n == 0 ? v.half.high
                : n < 64 ? v.half.high << n | v.half.low >> (64 - n)
                         : v.half.low << (n - 64);
    return r.all;
}

/* Thread-local variables of position-independent code; tp points to the only module's block. */
void *__tls_get_addr(const unsigned long *module_and_offset)
{
    return (char *)__builtin_thread_pointer() + module_and_offset[1] + 0x800; /* psABI: DTP bias */
}
