/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* System calls in the middle of functions: loops, conditions, hand-written assembly, atomics. */
#include "corpus.h"

long forward(long number, ...)
{
    __builtin_va_list list;
    long v[3];
    __builtin_va_start(list, number);
    for (int i = 0; i < 3; i++)
        v[i] = __builtin_va_arg(list, long);
    __builtin_va_end(list);
    /* Only arguments that the call has: the others are what the caller left. */
    if (number == 101)
        return sys1(number, v[0]);
    return sys3(number, v[0], v[1], v[2]);
}

NOINLINE long forward2(long number, long x, long y)
{
    return sys2(number, x, y);
}

static long kernel_error;
NOINLINE static long checked(long r)
{
    if ((u64)r > -4096ul) {
        kernel_error = -r;
        return -1;
    }
    return r;
}

CASE(retry)
{
    long r, n = 0;
    do {
        r = checked(sys2(102, a + n, b));
        n++;
    } while ((r & 3) != (c & 3) && n < 30);
    buffer[0] = (u8)n;
    return r + n + kernel_error;
}

CASE(nested)
{
    long r = 0;
    for (long i = 0; i < 4 + (a & 3); i++) {
        for (long j = 0; j < i; j++) {
            if (sys2(102, i, j) & 4)
                continue;
            if ((r += sys1(101, j + b)) & 0x800)
                break;
            buffer[i] ^= (u8)sys0(100);
        }
        r ^= sys6(106, a, b, c, i, r, 9);
    }
    return r;
}

CASE(unknown_number)
{
    return sys2(100 + (a & 3), b, c) + buffer[3] + b;
}

CASE(stores)
{
    long slot = 1;
    sys2(110, (long)&slot, a);
    long r = slot;
    sys2(110, (long)(buffer + 64), b);
    return r + slot + *(long *)(buffer + 64) + sys0(120) * 5 + sys0(121);
}

CASE(assembly)
{
    long r, s;
    __asm__ volatile("mv a0, %2\n\tmv a1, %3\n\tli a7, 102\n\tbeqz a0, 1f\n\tecall\n"
                     "1:\tmv %0, a0\n\tli a7, 101\n\tbnez a1, 2f\n\tli a7, 100\n"
                     "2:\tecall\n\tmv %1, a0"
                     : "=&r"(r), "=&r"(s)
                     : "r"(a), "r"(b)
                     : "a0", "a1", "a7", "memory");
    buffer[1] ^= (u8)s;
    return r * 3 + s + c;
}

/* Backward and forward branches of both sizes around calls; data in code. */
#ifndef NO_DATA_IN_CODE
CASE(local_table)
{
    long r;
    __asm__ volatile("li %0, 0\n\tla t1, 3f\n\tld t1, (t1)\n\tj 4f\n"
                     "\t.balign 8\n3:\t.dword 0x1234567\n"
                     "4:\taddi %0, %0, 1\n\tadd t1, t1, %0\n\tblt %0, %2, 4b\n"
                     "\tmv a0, t1\n\tli a7, 101\n\tecall\n\tadd %0, %0, a0"
                     : "=&r"(r)
                     : "r"(a), "r"((c & 15) + 1)
                     : "a0", "a7", "t1", "memory");
    return r + b + buffer[9];
}
#endif

__asm__(".text\n.globl naked\n.type naked, @function\nnaked:\n"
        "\taddi sp, sp, -32\n\tsd ra, 24(sp)\n\tsd s0, 16(sp)\n\tmv s0, a1\n"
        "1:\tli a7, 101\n\tecall\n\taddi s0, s0, -1\n\tbgtz s0, 1b\n"
        "\tcall naked_leaf\n\tld s0, 16(sp)\n\tld ra, 24(sp)\n\taddi sp, sp, 32\n\tret\n"
        ".size naked, .-naked\n.type naked_leaf, @function\nnaked_leaf:\n"
        "\tbeqz a0, 2f\n\tli a7, 102\n\tli a1, 77\n\tecall\n2:\tret\n"
        ".size naked_leaf, .-naked_leaf\n");
long naked(long x, long n);

CASE(assembly_function)
{
    return naked(a, b & 7) + naked(c, 1) + buffer[2];
}

#ifdef __riscv_atomic
CASE(atomics)
{
    long *p = (long *)(buffer + 128);
    unsigned *w = (unsigned *)(buffer + 136);
    long r = __atomic_fetch_add(p, a, __ATOMIC_SEQ_CST);
    r ^= __atomic_exchange_n(p, sys1(101, r), __ATOMIC_ACQ_REL);
    __atomic_fetch_xor(w, (unsigned)b, __ATOMIC_RELAXED);
    unsigned wanted = *w ^ (unsigned)(c & 1);
    if (!__atomic_compare_exchange_n(w, &wanted, 5, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
        r += wanted;
    r += __atomic_fetch_and(p, c, __ATOMIC_SEQ_CST) + __atomic_load_n(p, __ATOMIC_ACQUIRE);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    return r;
}
#endif

/* A function that is larger than a branch reaches once its instructions are long. */
#define STEP(n)                                                                                    \
    if (((a >> ((n) & 63)) ^ (b >> 3)) & 1)                                                        \
        r += c ^ n;                                                                                \
    else                                                                                           \
        r = r * 5 + buffer[(n) & 255];
#define STEPS(n) STEP(n) STEP(n + 1) STEP(n + 2) STEP(n + 3) STEP(n + 4) STEP(n + 5) STEP(n + 6)
CASE(far_branches)
{
    long r = b;
    for (int i = 0; i < 2; i++) {
        if (r & 1) {
            STEPS(0) STEPS(7) STEPS(14) STEPS(21) STEPS(28) STEPS(35) STEPS(42) STEPS(49)
        } else {
            STEPS(3) STEPS(9) STEPS(12) r += sys1(101, r);
            STEPS(25) STEPS(31) STEPS(77)
        }
        r ^= sys2(102, r, i);
    }
    return r;
}
