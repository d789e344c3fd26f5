/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/memory.h>
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

/* What makes a task a thread of this process. */
#define THREAD (CLONE_VM | CLONE_SIGHAND | CLONE_THREAD)

/* What a thread cannot have to itself here. */
#define NAMESPACES                                                                                 \
    ((unsigned long)CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET)

#define UNUSUAL (NAMESPACES | CLONE_NEWUSER | CLONE_NEWPID | CLONE_PIDFD | CLONE_VFORK)

static int last_tid = 1;

/* Refuses flags as Linux does (kernel/fork.c, copy_process), and processes by name. */
static __attribute__((noinline)) long check(unsigned long flags)
{
    unsigned long new_root = flags & (CLONE_NEWNS | CLONE_NEWUSER);
    if ((new_root && flags & CLONE_FS) || (flags & CLONE_NEWIPC && flags & CLONE_SYSVSEM) ||
        (flags & CLONE_THREAD && !(flags & CLONE_SIGHAND)) ||
        (flags & CLONE_SIGHAND && !(flags & CLONE_VM)))
        return -EINVAL;
    if (!(flags & CLONE_THREAD))
        zeroos_fail(ZEROOS_HALT, "clone was called for another process (fork, vfork, posix_spawn), "
                                 "and an image is one process");
    if (flags & (CLONE_NEWUSER | CLONE_NEWPID | CLONE_PIDFD | CLONE_VFORK))
        return -EINVAL;
    return flags & NAMESPACES ? -EPERM : 0;
}

/* The child will go on behind the system call with its parent's registers: on a copy of the
 * frame below its own sp, and below that on what a switch would have left. */
static unsigned long prepare_stack(const struct zeroos_frame *frame, unsigned long stack,
                                   unsigned long resume)
{
    struct zeroos_frame *copy = (struct zeroos_frame *)stack - 1;
    for (unsigned i = 0; i < 32; i += 8) {
        const unsigned long *from = &frame->x[i];
        unsigned long *to = &copy->x[i];
        unsigned long w0 = from[0], w1 = from[1], w2 = from[2], w3 = from[3];
        unsigned long w4 = from[4], w5 = from[5], w6 = from[6], w7 = from[7];
        to[0] = w0, to[1] = w1, to[2] = w2, to[3] = w3;
        to[4] = w4, to[5] = w5, to[6] = w6, to[7] = w7;
    }
    copy->x[ZEROOS_SP] = stack;
    if (frame->x[ZEROOS_A0] & CLONE_SETTLS)
        copy->x[ZEROOS_TP] = frame->x[ZEROOS_A0 + 3];
    unsigned long *saved = (unsigned long *)((unsigned long)copy - ZEROOS_SWITCH_SIZE);
    saved[0] = (unsigned long)zeroos_child;
    saved[1] = resume;
    return (unsigned long)saved;
}

/* A C library makes a stack by mapping pages without access and opening all but the lowest, the
 * guard. Nobody may use the guard: its last word shows whether the stack ran over. */
static unsigned long *plant_canary(unsigned long stack)
{
    struct zeroos_guarded *guarded = &zeroos_guarded;
    unsigned long *canary = NULL;
    if (guarded->opened && stack > guarded->opened && stack <= guarded->end) {
        canary = (unsigned long *)guarded->opened - 1;
        *canary = ZEROOS_CANARY;
    }
    guarded->opened = 0;
    return canary;
}

long sys_clone(struct zeroos_frame *frame)
{
    unsigned long flags = frame->x[ZEROOS_A0], stack = frame->x[ZEROOS_A0 + 1];
    int *parent_tid = (int *)frame->x[ZEROOS_A0 + 2], *child_tid = (int *)frame->x[ZEROOS_A0 + 4];
    if ((flags & (THREAD | UNUSUAL)) != THREAD) {
        long problem = check(flags);
        if (problem)
            return problem;
    }
    if (!stack || stack % sizeof(long) || zeroos_outside((void *)(stack - 512), 512))
        return -EINVAL;
    if (zeroos_table.threads == 1u << zeroos_table.bits && !zeroos_grow_table())
        return -EAGAIN;
    struct zeroos_thread *child = zeroos_pool_take(&zeroos_thread_pool);
    if (!child)
        return -EAGAIN;
    /* The other fields are set when it first waits, or are 0 in every thread that ends. */
    child->sp = prepare_stack(frame, stack, ZEROOS_SITE);
    child->tid = ++last_tid;
    child->waiting = false;
    child->site = 0;
    child->clear_tid = flags & CLONE_CHILD_CLEARTID ? child_tid : NULL;
    child->robust = NULL;
    child->canary = plant_canary(stack);
    child->blocked = zeroos_thread->blocked;
    child->pending = 0;
    child->name = zeroos_thread->name;
    child->policy = zeroos_thread->policy;
    child->altstack.size = 0;
    child->altstack.base = 0;
    child->altstack.flags = 0;
    if (flags & CLONE_PARENT_SETTID && !zeroos_outside(parent_tid, sizeof *parent_tid))
        *parent_tid = child->tid;
    if (flags & CLONE_CHILD_SETTID && !zeroos_outside(child_tid, sizeof *child_tid))
        *child_tid = child->tid;
    zeroos_add_thread(child);
    zeroos_ready(child);
    return child->tid;
}
