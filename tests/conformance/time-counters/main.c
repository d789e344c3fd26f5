/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* rdcycle, rdtime and rdinstret count upwards. */
#include <stdio.h>

int main(void)
{
    unsigned long cycle[2], time[2], instret[2];
    for (int i = 0; i < 2; i++) {
        __asm__ volatile("csrr %0, cycle" : "=r"(cycle[i]));
        __asm__ volatile("csrr %0, time" : "=r"(time[i]));
        __asm__ volatile("csrr %0, instret" : "=r"(instret[i]));
    }
    printf("%d %d %d\n", cycle[1] > cycle[0], time[1] > time[0], instret[1] > instret[0]);
    printf("%lu %lu\n", cycle[1] - cycle[0], time[0]);
    return 0;
}
