/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The memory handlers on a heap of this machine, driven by the lists of tests/fuzz_syscalls. The
 * heap is an array; a page that nobody may touch can be read here, so what it holds is not looked
 * at, but the books of the allocator are the sanitizer's.
 */
#include <zeroos/memory.h>
#include <zeroos/syscalls.h>

int printf(const char *format, ...);
long read(int fd, void *data, size_t size);
_Noreturn void abort(void);

#include "../fuzz_syscalls/guest/calls.h"

#define HEAP (2048 * 4096)
#define TEXT(value) #value
#define QUOTED(value) TEXT(value)

_Alignas(PAGE_SIZE) char zeroos_heap_start[HEAP];
__asm__(".globl zeroos_heap_end\n.set zeroos_heap_end, zeroos_heap_start + " QUOTED(2048 * 4096));
const struct zeroos_memory zeroos_memory = {(uintptr_t)zeroos_heap_start, HEAP};

_Noreturn void zeroos_fail(enum zeroos_failure_reason reason, const char *message)
{
    printf("failed %d: %s\n", (int)reason, message);
    abort();
}

bool zeroos_is_open(int fd)
{
    return fd >= 0 && fd <= 2;
}

/* On rv64: syscall_specs/memory.toml. */
enum { BRK = 214, MUNMAP = 215, MREMAP = 216, MMAP = 222, MPROTECT = 226, MADVISE = 233 };

static long make(const struct call *call, const long *a)
{
    switch (call->number) {
    case POKE:
        *(long *)a[0] = a[1];
        return 0;
    case PEEK:
        return 0;
    case BRK:
        return sys_brk((unsigned long)a[0]);
    case MUNMAP:
        return sys_munmap((void *)a[0], (size_t)a[1]);
    case MREMAP:
        return sys_mremap((void *)a[0], (size_t)a[1], (size_t)a[2], (int)a[3], (void *)a[4]);
    case MMAP:
        return sys_mmap((void *)a[0], (size_t)a[1], (int)a[2], (int)a[3], (int)a[4], a[5]);
    case MPROTECT:
        return sys_mprotect((void *)a[0], (size_t)a[1], (int)a[2]);
    case MADVISE:
        return sys_madvise((void *)a[0], (size_t)a[1], (int)a[2]);
    }
    abort();
}

static bool take(void *to, size_t size)
{
    for (char *at = to; size;) {
        long got = read(0, at, size);
        if (got <= 0)
            return false;
        at += got;
        size -= (size_t)got;
    }
    return true;
}

int main(void)
{
    uint32_t head[2];
    struct call call;
    if (!take(head, sizeof head))
        return 2;
    for (uint32_t i = 0; i < head[0]; i++) {
        long a[ARGUMENTS];
        if (!take(&call, sizeof call))
            return 2;
        bool moot = is_moot(&call);
        for (int k = 0; k < ARGUMENTS; k++)
            a[k] = argument(&call, k, NULL, NULL);
        long result = moot ? -1 : make(&call, a);
        if (call.slot >= 0)
            slots[call.slot] = result;
        if (moot) {
            printf("%u moot\n", i);
            continue;
        }
        printf("%u %ld", i, result);
        if (call.number == PEEK)
            peek((const long *)a[0], a[1]);
        printf("\n");
    }
    return 0;
}
