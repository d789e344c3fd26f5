/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What the parts of the libOS offer each other. Handlers' prototypes: <zeroos/syscalls.h>. */
#ifndef ZEROOS_LIBOS_H
#define ZEROOS_LIBOS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <zeroos/abi.h>
#include <zeroos/host.h>
#include <zeroos/image.h>

/* The exit code of a run that the libOS ended: as a shell reports SIGABRT. */
#define ZEROOS_FAILURE_CODE 134

/*
 * A default for what a part offers that most programs do not link. The strong definition lies in
 * an object that only those programs pull in which need it, by some other name of that object.
 */
#define ZEROOS_WEAK __attribute__((weak))

/* Makes the object with this symbol part of every image that holds the object saying so. */
#define ZEROOS_NEEDS(symbol) __asm__(".globl " #symbol)

/* --- core/ --- */

/* A line under construction; what does not fit is cut off. */
struct zeroos_text {
    unsigned length;
    char data[196];
};
void zeroos_add(struct zeroos_text *text, const char *words);
void zeroos_add_hex(struct zeroos_text *text, unsigned long value);
void zeroos_add_number(struct zeroos_text *text, unsigned long value);
/* What the line says so far, as a string. */
const char *zeroos_words(struct zeroos_text *text);
/* Ends the line and hands it to the host as one piece. */
void zeroos_say(struct zeroos_text *text);

/* Hands over what the streams still hold (choices/console-line.c). */
void zeroos_flush(void);

/* Where musl's a_crash and lowered traps go. */
_Noreturn void zeroos_crash(void);
_Noreturn void zeroos_trap(void);

/* Flush, check the stacks, commit, halt. */
_Noreturn void zeroos_exit(int code);

/* boot.c writes it at the main stack's low end, threads/clone.c into the guards of others. */
#define ZEROOS_CANARY ((unsigned long)0x6b636174732d736full)
/* Checks the stacks of all threads but the first (threads/stacks.c). */
void zeroos_check_stacks(void);

/* The calling thread's number; changes with every switch. */
extern int zeroos_tid;

/* Whether any of `size` bytes, a constant, lies outside of the program's memory. */
static inline bool zeroos_outside(const void *pointer, size_t size)
{
    return (uintptr_t)pointer - zeroos_memory.start > zeroos_memory.size - size;
}

/* The same for a length that the program chose. */
static inline bool zeroos_range_outside(const void *pointer, size_t size)
{
    uintptr_t offset = (uintptr_t)pointer - zeroos_memory.start;
    return offset > zeroos_memory.size || size > zeroos_memory.size - offset;
}

/* Where the program called the handler that uses this; the code behind the call, if it was
 * lowered to a thunk. */
#define ZEROOS_SITE ((uintptr_t)__builtin_return_address(0))

/* string/ */
void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *left, const void *right, size_t size);

#endif
