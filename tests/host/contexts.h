/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Coroutines of this machine's C library, whose headers do not go together with the libOS's. */
#ifndef CONTEXTS_H
#define CONTEXTS_H

/* One that will run `run(argument)`, which must not return. */
void *context_new(void (*run)(long), long argument);
/* Leaves the running one for another. */
void context_switch(void *to);
_Noreturn void context_enter(void *to);
/* The running one; at first the program's own. */
void *context_running(void);

#endif
