/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "contexts.h"

#include <stdlib.h>
#include <ucontext.h>

enum { STACK = 1 << 17 };

struct context {
    ucontext_t machine;
    void (*run)(long);
    long argument;
};

static struct context first, *running = &first;

static void start(void)
{
    running->run(running->argument);
    abort();
}

void *context_new(void (*run)(long), long argument)
{
    struct context *context = malloc(sizeof *context);
    char *stack = malloc(STACK);
    if (!context || !stack || getcontext(&context->machine) != 0)
        abort();
    context->machine.uc_stack.ss_sp = stack;
    context->machine.uc_stack.ss_size = STACK;
    context->machine.uc_link = NULL;
    context->run = run;
    context->argument = argument;
    makecontext(&context->machine, start, 0);
    return context;
}

void context_switch(void *to)
{
    struct context *from = running;
    running = to;
    if (swapcontext(&from->machine, &running->machine) != 0)
        abort();
}

_Noreturn void context_enter(void *to)
{
    running = to;
    setcontext(&running->machine);
    abort();
}

void *context_running(void)
{
    return running;
}
