/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The files of /proc/self. What nobody counts here is 0. */
#include <zeroos/devices.h>
#include <zeroos/memory.h>
#include <zeroos/threads.h>

enum { KIB = 1024 };

/* Strings as the kernel put them on the stack, from one of the initial words up to a zero. */
static void emit_strings(struct zeroos_sink *sink, const unsigned long *words)
{
    for (; *words; words++) {
        const char *text = (const char *)*words;
        zeroos_emit_words(sink, text);
        zeroos_emit(sink, "", 1);
    }
}

void zeroos_proc_cmdline(struct zeroos_sink *sink)
{
    emit_strings(sink, zeroos_initial + 1);
}

void zeroos_proc_environ(struct zeroos_sink *sink)
{
    emit_strings(sink, zeroos_initial + 1 + zeroos_argc + 1);
}

static void range(struct zeroos_sink *sink, uintptr_t start, uintptr_t end, const char *what)
{
    zeroos_emit_number(sink, start, 16, 8);
    zeroos_emit_words(sink, "-");
    zeroos_emit_number(sink, end, 16, 8);
    zeroos_emit_words(sink, what);
}

/* Too far away on some targets for code to take their addresses; data may. */
static const uintptr_t ends[] = {(uintptr_t)zeroos_stack_low, (uintptr_t)zeroos_stack_high};

void zeroos_proc_maps(struct zeroos_sink *sink)
{
    const struct zeroos_heap *heap = &zeroos_heap;
    range(sink, heap->start, heap->brk, " rw-p 00000000 00:00 0 [heap]\n");
    range(sink, heap->low, heap->end, " rw-p 00000000 00:00 0 \n");
    range(sink, ends[0], ends[1], " rw-p 00000000 00:00 0 [stack]\n");
}

static size_t used(void)
{
    const struct zeroos_heap *heap = &zeroos_heap;
    return heap->high - zeroos_memory.start + heap->end - heap->low;
}

void zeroos_proc_stat(struct zeroos_sink *sink)
{
    zeroos_emit_words(sink, "1 (");
    zeroos_emit_words(sink, zeroos_name);
    zeroos_emit_words(sink, ") R 0 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 ");
    zeroos_emit_number(sink, zeroos_thread_total(), 10, 1);
    zeroos_emit_words(sink, " 0 0 ");
    zeroos_emit_number(sink, used(), 10, 1);
    zeroos_emit_words(sink, " ");
    zeroos_emit_number(sink, used() / PAGE_SIZE, 10, 1);
    zeroos_emit_words(sink, " 18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 "
                            "0 0 0 0\n");
}

void zeroos_proc_status(struct zeroos_sink *sink)
{
    zeroos_emit_words(sink, "Name:\t");
    zeroos_emit_words(sink, zeroos_name);
    zeroos_emit_words(sink, "\nUmask:\t");
    zeroos_emit_number(sink, zeroos_umask, 8, 4);
    zeroos_emit_words(sink, "\nState:\tR (running)\nTgid:\t1\nNgid:\t0\nPid:\t1\nPPid:\t0\n"
                            "TracerPid:\t0\nUid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nVmSize:\t");
    zeroos_emit_number(sink, used() / KIB, 10, 8);
    zeroos_emit_words(sink, " kB\nVmRSS:\t");
    zeroos_emit_number(sink, used() / KIB, 10, 8);
    zeroos_emit_words(sink, " kB\nThreads:\t");
    zeroos_emit_number(sink, zeroos_thread_total(), 10, 1);
    zeroos_emit_words(sink, "\n");
}
