/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Arguments and environment are the manifest's, standard input is the private input. */
#include <zeroos/input.h>

/* The initial stack as the Linux kernel would leave it. */
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
    zeroos_enter_program(stack);
}

size_t zeroos_input_read(void *data, size_t length)
{
    return zeroos_host_read(data, length);
}

size_t zeroos_input_read_all(const uint8_t **data)
{
    return zeroos_host_read_all(data);
}
