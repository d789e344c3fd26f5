/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* More than 3 MiB of code in one section: functions with system calls, and what lies between. */
#define FAR __attribute__((noinline, section(".text.far")))

static inline __attribute__((always_inline)) long call(long number, long a, long b, long c)
{
    register long a7 __asm__("a7") = number;
    register long a0 __asm__("a0") = a;
    register long a1 __asm__("a1") = b;
    register long a2 __asm__("a2") = c;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2) : "memory");
    return a0;
}

#ifdef __riscv_atomic
#define ATOMIC_ADD(place, n) __atomic_fetch_add(place, n, __ATOMIC_SEQ_CST)
#else
#define ATOMIC_ADD(place, n) ((*(place) += n) - n)
#endif

#define GROUP(n, filler, data)                                                                     \
    static char text##n[] = #n ": 0123456789\n";                                                   \
    FAR long write##n(long length)                                                                 \
    {                                                                                              \
        long done = call(64, 1, (long)text##n, length);                                            \
        return done + call(64, 1, (long)(text##n + length), 14 - length);                          \
    }                                                                                              \
    FAR long ask##n(long number, long x)                                                           \
    {                                                                                              \
        return call(number, x, 0, 0) * 3 + call(x & 1 ? 57 : 62, x, 0, 0);                         \
    }                                                                                              \
    FAR long many##n(long a, long b, long c, long d)                                               \
    {                                                                                              \
        long x = a * b, y = b * c, z = c * d;                                                      \
        for (long i = 0; i < a; i++)                                                               \
            x += call(57, -1, i, 0) * b + call(62, 99, x, 1) * c + y * i;                          \
        return x ^ y ^ z ^ a ^ b * 3 ^ c * 5 ^ d * 7;                                              \
    }                                                                                              \
    FAR long count##n(int *place)                                                                  \
    {                                                                                              \
        long old = ATOMIC_ADD(place, 5);                                                           \
        return old * 100 + ATOMIC_ADD(place, n);                                                   \
    }                                                                                              \
    FAR void leave##n(long code)                                                                   \
    {                                                                                              \
        call(94, code + n, 0, 0);                                                                  \
        __builtin_unreachable();                                                                   \
    }                                                                                              \
    /* Not executed: code of long and short instructions, and data. */                             \
    __attribute__((naked, section(".text.far"))) void fill##n(void)                                \
    {                                                                                              \
        __asm__ volatile(".rept " #filler "\n"                                                     \
                         "1: addi a0, a0, 1\n xor a1, a1, a2\n add a3, a3, a4\n"                   \
                         "bnez a0, 1b\n .rept 40\n lui a5, 0x12345\n .endr\n .endr\n ret\n"        \
                         ".fill " #data ", 4, 0x13\n");                                            \
    }
GROUP(1, 3300, 0x40000)
GROUP(2, 3300, 0x40000)
GROUP(3, 1, 1)
