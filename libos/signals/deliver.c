/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The handler runs inside the system call that found the signal, on the thread's own stack or its
 * alternate one, with the context that Linux would give it. Of that context the mask counts when
 * the handler returns; registers cannot be changed, and a handler that tries is an error.
 */
#include <zeroos/signals.h>

/* As the kernel lays it out (arch/riscv/kernel/signal.c, struct rt_sigframe). */
struct signal_frame {
    struct siginfo info;
    struct ucontext context;
};

static void fill(struct signal_frame *frame, int signal, struct zeroos_queued *record,
                 unsigned long sp)
{
    struct zeroos_thread *self = zeroos_thread;
    unsigned long gp, tp;
    __asm__("mv %0, gp\n\tmv %1, tp" : "=r"(gp), "=r"(tp));
    memset(frame, 0, sizeof *frame);
    frame->info.signal = signal;
    if (record)
        frame->info = record->info;
    zeroos_give_record(record);
    frame->context.mask = self->masked ? self->after_call : self->blocked;
    self->masked = false;
    frame->context.stack = self->altstack;
    /* x[0] is the pc. What the caller has in its other registers is not known here. */
    frame->context.x[0] = self->site;
    frame->context.x[ZEROOS_SP] = sp;
    frame->context.x[3] = gp;
    frame->context.x[ZEROOS_TP] = tp;
}

static void check(const struct signal_frame *frame, unsigned long sp, unsigned long site)
{
    const unsigned long *x = frame->context.x;
    if (x[0] != site || x[ZEROOS_SP] != sp)
        zeroos_fail(ZEROOS_HALT, "a signal handler changed where the program goes on");
}

/* Runs the handler on the stack below `top`, or on this one. */
static void run(struct signal_frame *frame, int signal, struct zeroos_queued *record,
                struct sigaction *action, unsigned long top)
{
    struct zeroos_thread *self = zeroos_thread;
    unsigned long handler = action->handler, sp = (unsigned long)__builtin_frame_address(0);
    unsigned long site = self->site;
    struct sigaltstack altstack = self->altstack;
    fill(frame, signal, record, sp);
    self->handled++;
    self->blocked |= action->mask;
    if (!(action->flags & SA_NODEFER))
        self->blocked |= zeroos_signal_bit(signal);
    if (action->flags & SA_RESETHAND)
        action->handler = SIG_DFL;
    if ((unsigned)altstack.flags & SS_AUTODISARM)
        self->altstack = (struct sigaltstack){0, SS_DISABLE, 0};
    /* As in Linux: of several signals the frames lie upon each other, and the last runs first. */
    (void)zeroos_take_due();
    zeroos_call_handler(signal, &frame->info, &frame->context, handler, top);
    check(frame, sp, site);
    self->altstack = frame->context.stack;
    self->blocked = frame->context.mask & ~ZEROOS_UNBLOCKABLE;
}

bool zeroos_deliver(int signal, struct zeroos_queued *record, struct sigaction *action)
{
    const struct sigaltstack *stack = &zeroos_thread->altstack;
    uint64_t blocked = zeroos_thread->blocked;
    bool again = action->flags & SA_RESTART;
    unsigned long sp = (unsigned long)__builtin_frame_address(0);
    if (action->flags & SA_ONSTACK && stack->size && sp - stack->base >= stack->size) {
        unsigned long top = (stack->base + stack->size - sizeof(struct signal_frame)) & ~15ul;
        run((struct signal_frame *)top, signal, record, action, top);
    } else {
        struct signal_frame frame;
        run(&frame, signal, record, action, 0);
    }
    /* A handler that changes the mask means to be seen: musl's cancellation blocks its signal
     * and expects the interrupted call to return. */
    return again && zeroos_thread->blocked == blocked;
}
