/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Threads, their scheduler and the futex handler as a program of this machine, driven by the
 * scripts of tests/fuzz_syscalls/futex.py. Records of threads are objects of malloc, so the
 * sanitizers see it when one is used after the thread's end.
 */
#include <zeroos/memory.h>
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

#include "contexts.h"

int printf(const char *format, ...);
int fflush(void *stream);
long read(int fd, void *data, size_t size);
void *calloc(size_t count, size_t size);
void *aligned_alloc(size_t alignment, size_t size);
void free(void *memory);
_Noreturn void exit(int code);
_Noreturn void abort(void);

enum { THREADS = 256, WORDS = 8, STEPS = 256 };
enum { SET, YIELD, CALL };

struct step {
    int32_t kind, operation, word, other;
    uint32_t value, value2, value3;
    int32_t timed;
    int64_t nanoseconds;
};

static struct {
    uint32_t threads, steps;
} head;
static struct step steps[THREADS][STEPS];
static int words[WORDS];
static int alive[THREADS];

/* Everything is the program's memory. */
const struct zeroos_memory zeroos_memory = {0, SIZE_MAX};
unsigned long zeroos_stack_low[1] = {ZEROOS_CANARY};

void *zeroos_pool_take(struct zeroos_pool *pool)
{
    return calloc(1, pool->size);
}

void zeroos_pool_give(struct zeroos_pool *pool, void *object)
{
    (void)pool;
    free(object);
}

long zeroos_pages_take(size_t size, size_t skip)
{
    (void)skip;
    void *pages = aligned_alloc(PAGE_SIZE, size);
    if (!pages)
        abort();
    return (long)memset(pages, 0, size);
}

bool zeroos_pages_give(uintptr_t start, size_t size)
{
    (void)size;
    free((void *)start);
    return true;
}

void zeroos_switch(unsigned long *save, unsigned long load)
{
    *save = (unsigned long)context_running();
    context_switch((void *)load);
}

_Noreturn void zeroos_enter(unsigned long load)
{
    context_enter((void *)load);
}

uint64_t zeroos_clock_epoch(void)
{
    return 0;
}

_Noreturn void zeroos_deadlock(void)
{
    printf("deadlock\n");
    exit(0);
}

_Noreturn void zeroos_exit(int code)
{
    printf("the libOS ends the run with %d\n", code);
    abort();
}

_Noreturn void zeroos_fail(enum zeroos_failure_reason reason, const char *message)
{
    printf("failed %d: %s\n", (int)reason, message);
    abort();
}

/* Only reports need texts. */
void zeroos_add(struct zeroos_text *text, const char *more)
{
    (void)text, (void)more;
}

void zeroos_add_number(struct zeroos_text *text, unsigned long value)
{
    (void)text, (void)value;
}

const char *zeroos_words(struct zeroos_text *text)
{
    (void)text;
    return "overrun";
}

static long make(const struct step *step)
{
    struct timespec time = {.tv_sec = step->nanoseconds / 1000000000,
                            .tv_nsec = (long)(step->nanoseconds % 1000000000)};
    /* Where there is no timeout its place holds a number. */
    const struct timespec *fourth =
        step->timed ? &time : (const struct timespec *)(uintptr_t)step->value2;
    return sys_futex(&words[step->word], step->operation, step->value, fourth, &words[step->other],
                     step->value3);
}

static void run(long number)
{
    for (uint32_t i = 0; i < head.steps; i++) {
        const struct step *step = &steps[number][i];
        if (step->kind == SET)
            words[step->word] = (int)step->value;
        else if (step->kind == YIELD)
            sys_sched_yield();
        else
            printf("%ld %u %ld\n", number, i, make(step));
    }
    zeroos_end_thread(0);
}

static void create(long number)
{
    struct zeroos_thread *thread = zeroos_pool_take(&zeroos_thread_pool);
    thread->tid = (int)number + 2;
    thread->sp = (unsigned long)context_new(run, number);
    thread->clear_tid = &alive[number];
    alive[number] = 1;
    if (zeroos_table.threads == 1u << zeroos_table.bits && !zeroos_grow_table())
        abort();
    zeroos_add_thread(thread);
    zeroos_ready(thread);
}

static void take(void *to, size_t size)
{
    for (char *at = to; size;) {
        long got = read(0, at, size);
        if (got <= 0)
            exit(3);
        at += got;
        size -= (size_t)got;
    }
}

int main(void)
{
    take(&head, sizeof head);
    if (head.threads > THREADS || head.steps > STEPS)
        return 3;
    for (uint32_t i = 0; i < head.threads; i++)
        take(steps[i], head.steps * sizeof steps[i][0]);
    for (long i = 0; i < head.threads; i++)
        create(i);
    for (uint32_t i = 0; i < head.threads; i++)
        while (alive[i])
            sys_futex(&alive[i], FUTEX_WAIT, 1, NULL, NULL, 0);
    for (int i = 0; i < WORDS; i++)
        printf("word %d %u\n", i, (unsigned)words[i]);
    return 0;
}
