/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* rdcycle, rdtime and rdinstret count upwards; on 32 bits they have high halves. */
#include <stdio.h>

static unsigned long high;

#define READ(counter, to)                                                                          \
    __asm__ volatile(".option push\n\t.option arch, +zicsr\n\t"                                    \
                     "csrr %0, " counter "\n\t.option pop"                                         \
                     : "=r"(to))

#if __riscv_xlen == 32
static void read_high(void)
{
    unsigned long half;
    READ("cycleh", half);
    high |= half;
    READ("timeh", half);
    high |= half;
    READ("instreth", half);
    high |= half;
}
#else
static void read_high(void)
{
}
#endif

int main(void)
{
    unsigned long cycle[2], time[2], instret[2];
    for (int i = 0; i < 2; i++) {
        READ("cycle", cycle[i]);
        READ("time", time[i]);
        READ("instret", instret[i]);
        read_high();
    }
    printf("%d %d %d\n", cycle[1] > cycle[0], time[1] > time[0], instret[1] > instret[0]);
    printf("%lu %lu %lu\n", cycle[1] - cycle[0], time[0], high);
    return 0;
}
