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
    *(unsigned long *)zeroos_stack_low = (unsigned long)ZEROOS_CANARY;
    size_t words = zeroos_initial_words;
    unsigned long *stack = (unsigned long *)zeroos_stack_high - words;
    for (size_t i = 0; i < words; i++)
        stack[i] = zeroos_initial[i];
    enter(stack);
}
