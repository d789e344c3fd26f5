/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/threads.h>

/* What a yield costs on the clock: spinning threads see time pass, as those that read it do. */
#define YIELD_NSEC 1000

static struct zeroos_thread *ready, **ready_end = &ready;

void zeroos_ready(struct zeroos_thread *thread)
{
    thread->next = NULL;
    *ready_end = thread;
    ready_end = &thread->next;
}

void zeroos_wake(struct zeroos_thread *thread, int result)
{
    thread->waiting = false;
    thread->result = result;
    if (thread->deadline != ZEROOS_NEVER)
        zeroos_drop_deadline(thread);
    if (thread->futex)
        zeroos_leave_futex(thread);
    zeroos_ready(thread);
}

void zeroos_interrupt(struct zeroos_thread *thread)
{
    if (thread->waiting)
        zeroos_wake(thread, -EINTR);
}

/* The timer stands among the deadlines as if it were a thread. */
static struct zeroos_thread timer;

void zeroos_set_alarm(uint64_t time)
{
    if (zeroos_alarm != ZEROOS_NEVER)
        zeroos_drop_deadline(&timer);
    zeroos_alarm = timer.deadline = time;
    if (time != ZEROOS_NEVER)
        zeroos_add_deadline(&timer);
}

static __attribute__((noinline)) void expire(struct zeroos_thread *thread)
{
    if (thread == &timer)
        zeroos_ring();
    else
        zeroos_wake(thread, -ETIMEDOUT);
}

/* The next thread to run. The clock jumps to the next deadline when there is none. */
static struct zeroos_thread *take_ready(void)
{
    for (;;) {
        struct zeroos_thread *first;
        while ((first = zeroos_first_deadline) && first->deadline <= zeroos_now)
            expire(first);
        if (ready)
            break;
        if (!first)
            zeroos_deadlock();
        zeroos_now = first->deadline;
    }
    struct zeroos_thread *thread = ready;
    ready = thread->next;
    if (!ready)
        ready_end = &ready;
    zeroos_thread = thread;
    zeroos_tid = thread->tid;
    return thread;
}

/* Runs the others until this thread, which stands in some queue, is taken again. */
static void run_others(struct zeroos_thread *self)
{
    if (zeroos_is_overrun(self))
        zeroos_overrun(self);
    struct zeroos_thread *next = take_ready();
    if (next != self)
        zeroos_switch(&self->sp, next->sp);
}

_Noreturn void zeroos_run_next(void)
{
    zeroos_enter(take_ready()->sp);
}

/* What was sent while a thread could run comes before it waits. */
static __attribute__((noinline)) bool is_due(struct zeroos_thread *self)
{
    bool due = zeroos_due(self);
    if (due && self->futex)
        zeroos_leave_futex(self);
    return due;
}

int zeroos_block(uint64_t deadline, uintptr_t site)
{
    struct zeroos_thread *self = zeroos_thread;
    self->site = site;
    if (self->pending | zeroos_shared_pending && is_due(self))
        return -EINTR;
    self->deadline = deadline;
    self->waiting = true;
    if (deadline != ZEROOS_NEVER)
        zeroos_add_deadline(self);
    run_others(self);
    return self->result;
}

int zeroos_sleep(uint64_t deadline, uintptr_t site)
{
    zeroos_thread->futex = NULL;
    return zeroos_block(deadline, site) == -EINTR ? -EINTR : 0;
}

void zeroos_yield(void)
{
    struct zeroos_thread *self = zeroos_thread;
    if (ready)
        zeroos_now += YIELD_NSEC;
    else if (!zeroos_first_deadline)
        return;
    else if (zeroos_first_deadline->deadline > zeroos_now)
        zeroos_now = zeroos_first_deadline->deadline; /* nobody else could make time pass */
    zeroos_ready(self);
    run_others(self);
}
