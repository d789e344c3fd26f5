/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Signals are synchronous: a thread takes them when it returns from a system call that sent or
 * unblocked one, or that waited. The handler is called from inside that system call.
 */
#ifndef ZEROOS_SIGNALS_H
#define ZEROOS_SIGNALS_H

#include <zeroos/threads.h>

/* Index 0 is free. */
extern struct sigaction zeroos_actions[NSIG + 1];
/* Sent to the process; each thread that may takes them. */
extern uint64_t zeroos_shared_pending;

static inline uint64_t zeroos_signal_bit(int signal)
{
    return (uint64_t)1 << (signal - 1);
}

/* Nothing blocks or catches these. */
#define ZEROOS_UNBLOCKABLE ((uint64_t)1 << (SIGKILL - 1) | (uint64_t)1 << (SIGSTOP - 1))

/* Whether a signal has no effect as things stand. */
bool zeroos_ignored(int signal);
/* Ends the run, or says why it cannot go on, for a signal that nobody catches. */
_Noreturn void zeroos_die_of(int signal);
/* Sends to a thread, or to the process if `thread` is NULL, and takes what is due. */
void zeroos_send(struct zeroos_thread *thread, int signal, uintptr_t site);
/* What zeroos_take_signals is once there are senders. */
bool zeroos_take_due(void);
/* Calls the handler of a signal; whether an interrupted call may go on behind it. */
bool zeroos_deliver(int signal, int code, struct sigaction *action);
/* call.S: handler(signal, info, context) on the stack below `sp`, or on this one if that is 0. */
void zeroos_call_handler(int signal, struct siginfo *info, struct ucontext *context,
                         unsigned long handler, unsigned long sp);

#endif
