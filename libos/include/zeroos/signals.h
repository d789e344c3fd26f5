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
/* Records of signals for the process: the last of a ring. Each thread that may takes them. */
extern struct zeroos_queued *zeroos_shared_queue;

/* What a signal that waits will tell. */
struct zeroos_queued {
    struct zeroos_queued *next; /* of a ring, oldest behind newest */
    struct siginfo info;
};

static inline uint64_t zeroos_signal_bit(int signal)
{
    return (uint64_t)1 << (signal - 1);
}

/* A mask of the program: aligned as its longs are. */
static inline uint64_t zeroos_load_mask(const unsigned long *set)
{
#if __riscv_xlen == 64
    return set[0];
#else
    return set[0] | (uint64_t)set[1] << 32;
#endif
}

static inline void zeroos_store_mask(unsigned long *set, uint64_t mask)
{
    set[0] = (unsigned long)mask;
#if __riscv_xlen == 32
    set[1] = (unsigned long)(mask >> 32);
#endif
}

/* state.c: whether a signal has no effect as things stand. */
bool zeroos_ignored(int signal);
/* Ends the run, or says why it cannot go on, for a signal that nobody catches. */
_Noreturn void zeroos_die_of(int signal);

/* queue.c: makes a signal wait for a thread, or for the process if `thread` is NULL; false: it
 * may not get lost, and there is no memory for its record. */
bool zeroos_queue(struct zeroos_thread *thread, const struct siginfo *info);
/* The next signal of a set that waits for the running thread, 0 without one. Its record is the
 * caller's, who gives it back; NULL if there was no memory for it. */
int zeroos_dequeue(uint64_t set, struct zeroos_queued **record);
void zeroos_give_record(struct zeroos_queued *record);
/* Forgets signals that wait for a thread, or for the process. */
void zeroos_forget(struct zeroos_thread *thread, uint64_t set);

/* send.c: sends to a thread, or to the process if `thread` is NULL, and takes what is due; 0 or
 * -EAGAIN. */
long zeroos_send(struct zeroos_thread *thread, const struct siginfo *info, uintptr_t site);

/* The same from outside of a system call, to the process: for the scheduler. */
void zeroos_post(const struct siginfo *info);

/* take.c: what zeroos_take_signals is once there are senders. */
bool zeroos_take_due(void);
/* deliver.c: calls the handler of a signal; whether an interrupted call may go on behind it. */
bool zeroos_deliver(int signal, struct zeroos_queued *record, struct sigaction *action);
/* call.S: handler(signal, info, context) on the stack below `sp`, or on this one if that is 0. */
void zeroos_call_handler(int signal, struct siginfo *info, struct ucontext *context,
                         unsigned long handler, unsigned long sp);

#endif
