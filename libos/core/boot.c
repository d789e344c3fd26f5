/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* From the bootloader to the C library: the initial stack as the Linux kernel would leave it. */
#include <zeroos/libos.h>

/* Enters the C library's _start with sp at argc; there is no way back. */
static _Noreturn void enter(const unsigned long *stack)
{
    __asm__ volatile("mv sp, %0\n\ttail _start" : : "r"(stack) : "memory");
    __builtin_unreachable();
}

_Noreturn void zeroos_boot(void)
{
    zeroos_host_init();
    zeroos_stack_low[0] = ZEROOS_CANARY;
    /* A multiple of 16 bytes, so that sp stays aligned. */
    const unsigned long *from = zeroos_initial + zeroos_initial_words;
    unsigned long *stack = zeroos_stack_high;
    do {
        from -= 2;
        stack -= 2;
        unsigned long first = from[0], second = from[1];
        stack[0] = first;
        stack[1] = second;
    } while (from != zeroos_initial);
    enter(stack);
}
