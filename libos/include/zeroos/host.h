/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * What a bootloader gives to the libOS, and what it finds there.
 *
 * A target's boot.S sets gp and sp and calls zeroos_boot(); its host.c implements the
 * functions below with the stubs that <zeroos/target.h> generates from target.toml.
 * Order, in every target: gp and sp, host init, libOS, application, flush, commit, halt.
 */
#ifndef ZEROOS_HOST_H
#define ZEROOS_HOST_H

#include <stddef.h>

enum zeroos_stream {
    ZEROOS_STDOUT = 1,
    ZEROOS_STDERR = 2,
    ZEROOS_PUBLIC = 3, /* the public output, what a proof commits to */
};

/* Why a run failed. The embedded machine reads zeroos_failure to name the outcome. */
enum zeroos_failure_reason {
    ZEROOS_OK = 0,
    ZEROOS_ABORT = 1,    /* a_crash, a lowered ebreak or unimp */
    ZEROOS_DEADLOCK = 2, /* every thread waits and none has a deadline */
    ZEROOS_CANARY_BROKEN = 3,   /* a stack was overrun */
    ZEROOS_HALT = 4,     /* policy `halt`, or a number that no handler was linked for */
    ZEROOS_DENIED = 5,   /* secure randomness or real time while denied */
    ZEROOS_TRAP = 6,     /* the target's trap vector */
    ZEROOS_MEMORY = 7,   /* the libOS itself ran out of memory */
};
extern volatile unsigned zeroos_failure;

/* --- implemented by the target's host.c --- */

/* Called once, before anything else of the libOS; may be empty. */
void zeroos_host_init(void);

/* Writes all bytes of one piece. On targets with stdout = "line" the libOS hands over whole
 * lines, and a last piece without newline only when the run ends. */
void zeroos_host_write(enum zeroos_stream stream, const void *data, size_t length);

/* Private input: the next bytes, at most `length`; 0 at the end, for good. `data` is memory
 * that nobody has touched when the target asks for that (fresh = true). */
size_t zeroos_host_read(void *data, size_t length);

/* Commits what the host expects and halts. `code` is 0 to 255. */
_Noreturn void zeroos_host_exit(int code);

/* --- found in the libOS --- */

/* Called by boot.S on the main stack. Does not return. */
_Noreturn void zeroos_boot(void);

/* Ends the run as a failure, with a message on stderr; the bootloader's trap vector calls it. */
_Noreturn void zeroos_fail(enum zeroos_failure_reason reason, const char *message);

#endif
