/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The private input as the program sees it: standard input, read_input and sources of the manifest
 * share one stream. It is the whole private input (choices/input-stream.c) or the part `stdin` of a
 * bundle (choices/input-bundle.c).
 */
#ifndef ZEROOS_INPUT_H
#define ZEROOS_INPUT_H

#include <zeroos/libos.h>

/* The next bytes, at most `length`; 0 at the end, for good. */
size_t zeroos_input_read(void *data, size_t length);
/* All that is left, in memory that stays as it is. */
size_t zeroos_input_read_all(const uint8_t **data);

/* io/exactly.c: false when the input ends before. */
bool zeroos_input_exactly(void *data, size_t length);

/* Enters the C library's _start with sp at argc; there is no way back. */
static inline _Noreturn void zeroos_enter_program(const unsigned long *stack)
{
    __asm__ volatile("mv sp, %0\n\ttail _start" : : "r"(stack) : "memory");
    __builtin_unreachable();
}

#endif
