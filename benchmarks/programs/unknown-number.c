/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A raw system call whose number is known at run time only, and that Linux does not have. */
#include "bench.h"

static volatile long wanted = 9999;

static inline long call(void)
{
    register long number __asm__("a7") = wanted;
    register long result __asm__("a0") = 0;
    __asm__ volatile("ecall" : "+r"(result) : "r"(number) : "memory");
    return result;
}

REPEAT(call())
