/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A system call by inline assembly, with a handler that does next to nothing. */
#include "bench.h"

static inline long yield(void)
{
    register long number __asm__("a7") = 124; /* sched_yield */
    register long result __asm__("a0");
    __asm__ volatile("ecall" : "=r"(result) : "r"(number) : "memory");
    return result;
}

REPEAT(yield())
