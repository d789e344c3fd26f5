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
#include <stdint.h>

enum zeroos_stream {
    ZEROOS_STDOUT = 1,
    ZEROOS_STDERR = 2,
};

/* Why a run failed. The embedded machine reads zeroos_failure to name the outcome. */
enum zeroos_failure_reason {
    ZEROOS_OK = 0,
    ZEROOS_ABORT = 1,         /* a_crash, a lowered ebreak or unimp, SIGABRT and its like */
    ZEROOS_DEADLOCK = 2,      /* every thread waits and none has a deadline */
    ZEROOS_CANARY_BROKEN = 3, /* a stack was overrun */
    ZEROOS_HALT = 4,          /* policy `halt`, or something that the libOS refuses by name */
    ZEROOS_DENIED = 5,        /* secure randomness or real time while denied */
    ZEROOS_TRAP = 6,          /* the target's trap vector */
    ZEROOS_MEMORY = 7,        /* the libOS itself ran out of memory */
    ZEROOS_INPUT = 8,         /* the private input is no bundle that the image takes */
};
extern volatile unsigned zeroos_failure;

/* --- implemented by the target's host.c --- */

/* Called once, before anything else of the libOS; may be empty. */
void zeroos_host_init(void);

/* Writes all bytes of one piece. On targets with stdout = "line" the libOS hands over whole
 * lines, and a last piece without newline only when the run ends. */
void zeroos_host_write(enum zeroos_stream stream, const void *data, size_t length);

/* Appends to the public output, what a proof commits to. Linked only where it is used. */
void zeroos_host_output(const void *data, size_t length);

/* Private input: the next bytes, at most `length`; 0 at the end, for good. */
size_t zeroos_host_read(void *data, size_t length);

/* Private input: all that is left, in memory that stays as it is. The libOS does it with
 * zeroos_host_read; a target that holds its input in memory defines it to give it uncopied. */
size_t zeroos_host_read_all(const uint8_t **data);

/* Commits what the host expects and halts. `code` is 0 to 255. */
_Noreturn void zeroos_host_exit(int code);

/* --- found in the libOS --- */

/* Called by boot.S on the main stack. Does not return. */
_Noreturn void zeroos_boot(void);

/* Ends the run as a failure, with a message on stderr. A trap vector gives the pc as well. */
_Noreturn void zeroos_fail(enum zeroos_failure_reason reason, const char *message);
_Noreturn void zeroos_fail_at(enum zeroos_failure_reason reason, const char *message, uintptr_t pc);

/* Ends the run as a failure for a trap vector: mcause and mepc. */
_Noreturn void zeroos_trapped(unsigned long cause, unsigned long pc);

/* Memory that nobody ever touched, 16-aligned, for good; NULL when the heap is full. */
void *zeroos_fresh(size_t size);

/* SHA-256 of what came so far; a state that is all zero is a new one. */
struct zeroos_sha256 {
    uint32_t hash[8];
    uint64_t length;
    unsigned char block[64];
};
void zeroos_sha256_add(struct zeroos_sha256 *state, const void *data, size_t length);
void zeroos_sha256_end(struct zeroos_sha256 *state, unsigned char digest[32]);
/* Takes blocks of 64 bytes into a state; a target with an accelerator for that defines it. */
void zeroos_sha256_blocks(uint32_t hash[8], const unsigned char *data, size_t count);
/* The permutation of Keccak on 25 lanes; likewise. */
void zeroos_keccak_f1600(uint64_t state[25]);

#endif
