/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Threads are cooperative: one runs until it waits or ends, first in, first out.
 *
 * Most programs have one thread. Handlers that those need too (futex, exit, nanosleep) call
 * functions of which core/alone.c has a version that does the little there is to do; the real
 * ones come with clone.
 */
#ifndef ZEROOS_THREADS_H
#define ZEROOS_THREADS_H

#include <zeroos/clock.h>
#include <zeroos/frame.h>
#include <zeroos/libos.h>

struct zeroos_thread {
    unsigned long sp;                /* while it does not run: where switch.S left its registers */
    struct zeroos_thread *next;      /* among the ready, or those that wait in a bucket */
    struct zeroos_thread *previous;  /* among those that wait in a bucket */
    struct zeroos_thread *same_slot; /* in the table by tid */
    int tid;
    int result; /* of the last wait: 0, -ETIMEDOUT or -EINTR */
    bool waiting;

    /* What it waits at; NULL for mere time. */
    const volatile int *futex;
    uint32_t bits;
    uintptr_t site; /* where the program made the call */

    /* In the heap of deadlines (deadlines.c). */
    uint64_t deadline, turn;
    struct zeroos_thread *child, *sibling, **link;

    int *clear_tid;
    struct robust_list_head *robust;
    unsigned long *canary; /* NULL: its stack has none */

    /* Signals: its mask, those that wait for it with their records, those it waits for. */
    uint64_t blocked, pending;
    struct zeroos_queued *queue;
    uint64_t awaited;
    unsigned handled;    /* so many handlers it has run */
    bool masked;         /* `blocked` holds for one call only, */
    uint64_t after_call; /* and this from then on */
    struct sigaltstack altstack;

    struct zeroos_thread_name {
        _Alignas(8) char text[16];
    } name;     /* see process/prctl.c */
    int policy; /* of scheduling */
};

/* Nothing blocks or catches these. */
#define ZEROOS_UNBLOCKABLE ((uint64_t)1 << (SIGKILL - 1) | (uint64_t)1 << (SIGSTOP - 1))

extern struct zeroos_thread zeroos_first_thread;
extern struct zeroos_thread *zeroos_thread; /* the one that runs */
/* Signals sent to the process; each thread that may takes them. */
extern uint64_t zeroos_shared_pending;

/* --- in every program that needs them: core/alone.c, or the real ones --- */

/* Lets the others run. */
void zeroos_yield(void);
/* Waits until a deadline: 0 or -EINTR. ZEROOS_NEVER: for a signal. */
int zeroos_sleep(uint64_t deadline, uintptr_t site);
/* Waits at a futex: 0, -ETIMEDOUT or -EINTR. No bits: for its owner to hand it over. */
int zeroos_futex_wait(const volatile int *futex, uint32_t bits, uint64_t deadline, uintptr_t site);
/* Wakes as many as `most`, but one at least, and returns how many: of those that share a bit
 * with `bits`, or without any, of those that wait for an owner; -EINVAL where others wait. */
int zeroos_futex_wake(const volatile int *futex, int most, uint32_t bits);
/* Wakes `wake` and moves `move` of the others to another futex; returns how many in all, or
 * -EINVAL as before. */
int zeroos_futex_requeue(const volatile int *futex, int wake, int move, const volatile int *to);
/* The thread that has waited longest at a futex, or NULL. */
struct zeroos_thread *zeroos_futex_first(const volatile int *futex);
_Noreturn void zeroos_end_thread(int status);
void zeroos_set_clear_tid(int *address);
void zeroos_set_robust_list(struct robust_list_head *head);
struct robust_list_head *zeroos_get_robust_list(const struct zeroos_thread *thread);
unsigned zeroos_thread_total(void);
/* The thread of a number, or NULL. */
struct zeroos_thread *zeroos_find_thread(int tid);
/* The thread after another one, in no particular order; NULL stands before and behind all. */
struct zeroos_thread *zeroos_next_thread(const struct zeroos_thread *thread);
/* Ends a thread's wait, so that it looks at its signals. */
void zeroos_interrupt(struct zeroos_thread *thread);
/* Handles the signals that wait for the running thread; whether an interrupted call goes on. */
bool zeroos_take_signals(void);
/* Forgets the signals that wait for a thread that ends. */
void zeroos_drop_signals(struct zeroos_thread *thread);
/* Forgets signals of a set, whomever they wait for. */
void zeroos_forget_all(uint64_t set);

/* The signals that a thread would take now. */
static inline uint64_t zeroos_due(const struct zeroos_thread *thread)
{
    return (thread->pending | zeroos_shared_pending) & (~thread->blocked | thread->awaited);
}

/* The same for calls that no handler lets go on, whatever its SA_RESTART says: whether one ran. */
static inline bool zeroos_handle_signals(void)
{
    unsigned before = zeroos_thread->handled;
    (void)zeroos_take_signals();
    return zeroos_thread->handled != before;
}

/* For calls with a mask of their own: it holds until a handler runs, which sees the one that
 * holds otherwise in its context, or until zeroos_end_mask. */
static inline void zeroos_begin_mask(uint64_t mask)
{
    zeroos_thread->after_call = zeroos_thread->blocked;
    zeroos_thread->blocked = mask & ~ZEROOS_UNBLOCKABLE;
    zeroos_thread->masked = true;
}

static inline void zeroos_end_mask(void)
{
    if (zeroos_thread->masked)
        zeroos_thread->blocked = zeroos_thread->after_call;
    zeroos_thread->masked = false;
}

/* deadlock.c: every thread waits and none has a deadline: a report, and the end of the run. */
_Noreturn void zeroos_deadlock(void);

/* --- only with clone --- */

/* switch.S: leaves the running thread, saving where it stands, for another one. */
void zeroos_switch(unsigned long *save, unsigned long load);
_Noreturn void zeroos_enter(unsigned long load);
/* The first step of a new thread: jumps to s0 with a0 = 0. */
void zeroos_child(void);
/* What zeroos_switch leaves on the stack, 16-aligned: ra, s0 to s11, tp. */
#define ZEROOS_SWITCH_SIZE ((14 * sizeof(long) + 15) / 16 * 16)

/* schedule.c: appends to the ready threads. */
void zeroos_ready(struct zeroos_thread *thread);
/* Waits for zeroos_wake or the deadline; its result. */
int zeroos_block(uint64_t deadline, uintptr_t site);
void zeroos_wake(struct zeroos_thread *thread, int result);
/* The running thread has ended: the next one runs. */
_Noreturn void zeroos_run_next(void);

/* stacks.c */
static inline bool zeroos_is_overrun(const struct zeroos_thread *thread)
{
    return thread->canary && *thread->canary != ZEROOS_CANARY;
}
_Noreturn void zeroos_overrun(const struct zeroos_thread *thread);

/* deadlines.c: the thread whose deadline is the first, and the others behind it. */
extern struct zeroos_thread *zeroos_first_deadline;
void zeroos_add_deadline(struct zeroos_thread *thread);
void zeroos_drop_deadline(struct zeroos_thread *thread);

/* table.c: threads by tid and waiting threads by futex, in one table that grows with them. */
struct zeroos_slot {
    struct zeroos_thread *first, *last; /* wait at futexes of this slot */
    struct zeroos_thread *threads;
};
extern struct zeroos_table {
    struct zeroos_slot *slots;
    unsigned bits;    /* there are 2^bits slots */
    unsigned threads; /* and so many threads, never more than slots */
} zeroos_table;

/* Tells the host where it finds the threads of a guest that stopped (backtraces), in a section that
 * is not loaded: some function that is always linked with the table has to say it once. */
#define ZEROOS_DESCRIBE_THREADS()                                                                  \
    __asm__ volatile(                                                                              \
        ".pushsection .zeroos.threads, \"\", @progbits\n\t"                                        \
        ".4byte %c0, %c1, %c2, %c3, %c4, %c5, %c6, %c7\n\t"                                        \
        ".popsection"                                                                              \
        :                                                                                          \
        : "i"(offsetof(struct zeroos_table, slots)), "i"(offsetof(struct zeroos_table, bits)),     \
          "i"(sizeof(struct zeroos_slot)), "i"(offsetof(struct zeroos_slot, threads)),             \
          "i"(offsetof(struct zeroos_thread, sp)), "i"(offsetof(struct zeroos_thread, same_slot)), \
          "i"(offsetof(struct zeroos_thread, tid)), "i"(ZEROOS_SWITCH_SIZE))

/* False: out of memory. */
bool zeroos_grow_table(void);
void zeroos_add_thread(struct zeroos_thread *thread);
void zeroos_drop_thread(const struct zeroos_thread *thread);

static inline struct zeroos_slot *zeroos_slot_of(const volatile int *futex)
{
    uint32_t hash = (uint32_t)((uintptr_t)futex / sizeof *futex) * 2654435769u; /* 2^32 / phi */
    return &zeroos_table.slots[hash >> (32 - zeroos_table.bits)];
}

/* futexes.c: starts and stops waiting at thread->futex. */
void zeroos_join_futex(struct zeroos_thread *thread);
void zeroos_leave_futex(struct zeroos_thread *thread);

/* futex_pi.c: the commands that hand a futex over from owner to owner. */
long zeroos_lock_pi(int *futex, bool wait, uint64_t deadline, uintptr_t site);
long zeroos_unlock_pi(int *futex);
/* Hands over what an ending thread owns and others wait for. */
void zeroos_release_pi(const struct zeroos_thread *owner);
/* So many threads wait for an owner. */
extern int zeroos_pi_waiters;
/* futex_op.c: FUTEX_WAKE_OP. */
long zeroos_futex_op(int *futex, int most, int *futex2, int most2, uint32_t coded);

/* end.c */
extern struct zeroos_pool zeroos_thread_pool;

#endif
