/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What the parts of the libOS offer each other. Handlers' prototypes: <zeroos/syscalls.h>. */
#ifndef ZEROOS_LIBOS_H
#define ZEROOS_LIBOS_H

#include <stddef.h>
#include <stdint.h>

#include <zeroos/host.h>
#include <zeroos/image.h>

/* The exit code of a run that the libOS ended: as a shell reports SIGABRT. */
#define ZEROOS_FAILURE_CODE 134

/* A reference that links nothing by itself: the definition counts where something else needs it. */
#define ZEROOS_WEAK __attribute__((weak))

/* core/fail.c: a line on stderr, past all buffers. */
void zeroos_say(const char *text);

/* core/console.c: hands over what stdout still holds; empty where nothing was written. */
void zeroos_flush(void);

/* core/trap.c: where musl's a_crash and lowered traps go. */
_Noreturn void zeroos_crash(void);
_Noreturn void zeroos_trap(void);

/* process/exit_group.c: flush, check the stacks, commit, halt. */
_Noreturn void zeroos_exit(int code);

/* core/boot.c: writes the canary at the main stack's low end; process/exit_group.c checks it. */
#define ZEROOS_CANARY 0x6b636174732d736fUL

/* The calling thread's number; changes with every switch (threads/). */
extern int zeroos_tid;

#endif
