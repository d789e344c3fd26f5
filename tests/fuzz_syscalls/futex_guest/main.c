/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Threads that make the futex calls which the private input lists (tests/fuzz_syscalls/futex.py),
 * and print what came of each. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 16, WORDS = 8, STEPS = 256 };
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
static uint32_t words[WORDS];

static void take(void *to, size_t size)
{
    for (char *at = to; size;) {
        ssize_t got = read(0, at, size);
        if (got <= 0)
            _exit(3);
        at += got;
        size -= (size_t)got;
    }
}

/* One call makes the line: nothing of stdio's locks comes between the threads. */
static void say(long thread, unsigned step, long result)
{
    char line[64];
    int length = snprintf(line, sizeof line, "%ld %u %ld\n", thread, step, result);
    if (write(1, line, (size_t)length) != length)
        _exit(4);
}

static long make(const struct step *step)
{
    struct timespec time = {step->nanoseconds / 1000000000, step->nanoseconds % 1000000000};
    /* Where there is no timeout its place holds a number. */
    void *fourth = step->timed ? (void *)&time : (void *)(uintptr_t)step->value2;
    long result = syscall(SYS_futex, &words[step->word], step->operation, step->value, fourth,
                          &words[step->other], step->value3);
    return result == -1 ? -errno : result;
}

static void *run(void *argument)
{
    long thread = (long)argument;
    for (unsigned i = 0; i < head.steps; i++) {
        const struct step *step = &steps[thread][i];
        if (step->kind == SET)
            words[step->word] = step->value;
        else if (step->kind == YIELD)
            sched_yield();
        else
            say(thread, i, make(step));
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[THREADS];
    take(&head, sizeof head);
    if (head.threads > THREADS || head.steps > STEPS)
        return 3;
    for (uint32_t i = 0; i < head.threads; i++)
        take(steps[i], head.steps * sizeof steps[i][0]);
    for (long i = 0; i < head.threads; i++)
        if (pthread_create(&threads[i], NULL, run, (void *)i))
            return 5;
    for (uint32_t i = 0; i < head.threads; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < WORDS; i++)
        printf("word %d %u\n", i, words[i]);
    return 0;
}
