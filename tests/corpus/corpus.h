/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Every function case_*(a, b, c, buffer) is run as compiled and lowered; the buffer has 2048 bytes.
 *
 * System call 100+k answers a mixture of its number and k arguments; 110 stores such a mixture at
 * its first argument; 120 is a constant, 121 a load.
 */
typedef unsigned char u8;
typedef unsigned long u64;
typedef unsigned int u32;

#ifdef __cplusplus
#define CASE(name) extern "C" long case_##name(long a, long b, long c, u8 *buffer)
extern "C" {
#else
#define CASE(name) long case_##name(long a, long b, long c, u8 *buffer)
#endif
#define NOINLINE __attribute__((noinline))

static inline __attribute__((unused, always_inline)) long sys0(long n)
{
    register long a7 __asm__("a7") = n;
    register long a0 __asm__("a0");
    __asm__ volatile("ecall" : "=r"(a0) : "r"(a7) : "memory");
    return a0;
}

static inline __attribute__((unused, always_inline)) long sys1(long n, long a)
{
    register long a7 __asm__("a7") = n;
    register long a0 __asm__("a0") = a;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a7) : "memory");
    return a0;
}

static inline __attribute__((unused, always_inline)) long sys2(long n, long a, long b)
{
    register long a7 __asm__("a7") = n;
    register long a0 __asm__("a0") = a;
    register long a1 __asm__("a1") = b;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1) : "memory");
    return a0;
}

static inline __attribute__((unused, always_inline)) long sys3(long n, long a, long b, long c)
{
    register long a7 __asm__("a7") = n;
    register long a0 __asm__("a0") = a;
    register long a1 __asm__("a1") = b;
    register long a2 __asm__("a2") = c;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2) : "memory");
    return a0;
}

static inline __attribute__((unused, always_inline)) long sys6(long n, long a, long b, long c,
                                                               long d, long e, long f)
{
    register long a7 __asm__("a7") = n;
    register long a0 __asm__("a0") = a;
    register long a1 __asm__("a1") = b;
    register long a2 __asm__("a2") = c;
    register long a3 __asm__("a3") = d;
    register long a4 __asm__("a4") = e;
    register long a5 __asm__("a5") = f;
    __asm__ volatile("ecall"
                     : "+r"(a0)
                     : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5)
                     : "memory");
    return a0;
}

/* A forwarder in another file, and its like with several arguments. */
long forward(long number, ...);
long forward2(long number, long x, long y);
extern long shared_counter;
extern __thread long shared_tls;
#ifdef __cplusplus
}
#endif
