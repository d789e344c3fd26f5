/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Ends of dispatchers for numbers that are known at run time only. They return `long` so that a
 * dispatcher can jump to them and needs no stack; they never do. */
#include <zeroos/libos.h>

long zeroos_not_linked(long number);
long zeroos_needs_frame(long number);
long zeroos_refused(const char *message);

static _Noreturn void fail_by_number(const char *before, long number, const char *after)
{
    struct zeroos_text text;
    text.length = 0;
    zeroos_add(&text, before);
    zeroos_add_number(&text, (unsigned long)number);
    zeroos_add(&text, after);
    zeroos_fail(ZEROOS_HALT, zeroos_words(&text));
}

/* Linux has this number, but no handler was linked: never a silent ENOSYS. */
long zeroos_not_linked(long number)
{
    fail_by_number("system call ", number, " is not linked into this image");
}

/* A call that needs all registers of its site, which a run-time number does not give. */
long zeroos_needs_frame(long number)
{
    fail_by_number("system call ", number, " cannot be made by a number known at run time only");
}

/* A call that no image provides; the message names it. */
long zeroos_refused(const char *message)
{
    zeroos_fail(ZEROOS_HALT, message);
}
