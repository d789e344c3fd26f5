/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * A benchmark repeats its operation as often as the private input says (a decimal number).
 * The difference between two runs is the cost of the operation, exactly.
 */
#include <stdlib.h>
#include <unistd.h>

static inline long repetitions(void)
{
    char text[16] = "";
    if (read(0, text, sizeof text - 1) <= 0)
        exit(1);
    return atol(text);
}

/* Not moved, not merged, not left out by the compiler. */
#define BARRIER() __asm__ volatile("" ::: "memory")

#define REPEAT(operation)                                                                          \
    int main(void)                                                                                 \
    {                                                                                              \
        for (long left = repetitions(); left; left--) {                                            \
            BARRIER();                                                                             \
            operation;                                                                             \
        }                                                                                          \
        return 0;                                                                                  \
    }
