/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The file system's handlers as a program of this machine, driven by the lists of
 * tests/fuzz_syscalls. All memory is of malloc, so the sanitizers see where it ends and when it is
 * given back. With an argument N every N-th request for memory fails.
 */
#include <zeroos/clock.h>
#include <zeroos/input.h>
#include <zeroos/memory.h>
#include <zeroos/random.h>
#include <zeroos/signals.h>
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>
#include <zeroos/tree.h>

/* The numbers of all newer machines, riscv64 among them. */
#include <asm-generic/unistd.h>

int printf(const char *format, ...);
int strcmp(const char *left, const char *right);
int atoi(const char *digits);
long read(int fd, void *data, size_t size);
void *malloc(size_t size);
void *aligned_alloc(size_t alignment, size_t size);
void free(void *memory);
_Noreturn void abort(void);

#include "../fuzz_syscalls/guest/calls.h"

const struct zeroos_memory zeroos_memory = {0, SIZE_MAX};
unsigned long zeroos_stack_low[1] = {ZEROOS_CANARY}, zeroos_stack_high[1];
struct zeroos_heap zeroos_heap;
const char zeroos_name[] = "vfs";
const int zeroos_argc = 0;
const unsigned long zeroos_initial[4];

static unsigned every, requests;

static bool refused(void)
{
    return every && ++requests % every == 0;
}

void *zeroos_pool_take(struct zeroos_pool *pool)
{
    return refused() ? NULL : malloc(pool->size);
}

void zeroos_pool_give(struct zeroos_pool *pool, void *object)
{
    (void)pool;
    free(object);
}

void *zeroos_fresh(size_t size)
{
    return refused() ? NULL : memset(malloc(size), 0, size);
}

long zeroos_pages_take(size_t size, size_t skip)
{
    char *pages = refused() ? NULL : aligned_alloc(PAGE_SIZE, size);
    if (!pages)
        return -ENOMEM;
    if (skip < size)
        memset(pages + skip, 0, size - skip);
    return (long)pages;
}

bool zeroos_pages_give(uintptr_t start, size_t size)
{
    (void)size;
    free((void *)start);
    return true;
}

size_t zeroos_pages_free(uintptr_t start, size_t size)
{
    (void)start, (void)size;
    return 1 << 20;
}

uint64_t zeroos_clock_epoch(void)
{
    return 0;
}

uint64_t zeroos_file_time(void)
{
    return 0;
}

const bool zeroos_random_denied = true;

void zeroos_random_bytes(void *to, size_t size, bool secure)
{
    (void)to, (void)size, (void)secure;
    abort();
}

/* Nobody waits, is told anything or meets the console here. */
_Noreturn void zeroos_deadlock(void)
{
    abort();
}

_Noreturn void zeroos_exit(int code)
{
    (void)code;
    abort();
}

size_t zeroos_input_read(void *to, size_t size)
{
    (void)to, (void)size;
    return 0;
}

void zeroos_console_write(enum zeroos_stream stream, const void *bytes, size_t length)
{
    (void)stream, (void)bytes, (void)length;
    abort();
}

void zeroos_host_write(enum zeroos_stream stream, const void *bytes, size_t length)
{
    zeroos_console_write(stream, bytes, length);
}

void zeroos_host_output(const void *bytes, size_t length)
{
    (void)bytes, (void)length;
    abort();
}

long zeroos_send(struct zeroos_thread *thread, const struct siginfo *info, uintptr_t site)
{
    (void)thread, (void)info, (void)site;
    abort();
}

static char data[1 << 18];
static _Alignas(16) char buffer[1 << 16];

static long make(const struct call *call, const long *a)
{
    int fd = (int)a[0];
    const char *path = (const char *)a[1];
    void *to = (void *)a[1];
    long result;
    switch (call->number) {
    case STATUS:
        return sys_newfstatat(fd, path, (struct stat *)buffer, (int)a[2]);
    case NAMES:
        result = sys_getdents64(fd, buffer, sizeof buffer);
        if (result >= 0)
            sys_lseek(fd, 0, SEEK_SET);
        return result;
    case __NR_close:
        return sys_close(fd);
    case __NR_mkdirat:
        return sys_mkdirat(fd, path, (mode_t)a[2]);
    case __NR_chdir:
        return sys_chdir((const char *)a[0]);
    case __NR_fchdir:
        return sys_fchdir(fd);
    case __NR_openat:
        return sys_openat(fd, path, (int)a[2], (mode_t)a[3]);
    case __NR_read:
        return sys_read(fd, to, (size_t)a[2]);
    case __NR_write:
        return sys_write(fd, to, (size_t)a[2]);
    case __NR_pread64:
        return sys_pread64(fd, to, (size_t)a[2], a[3]);
    case __NR_pwrite64:
        return sys_pwrite64(fd, to, (size_t)a[2], a[3]);
    case __NR_lseek:
        return sys_lseek(fd, a[1], (int)a[2]);
    case __NR_ftruncate:
        return sys_ftruncate(fd, a[1]);
    case __NR_fallocate:
        return sys_fallocate(fd, (int)a[1], a[2], a[3]);
    case __NR_unlinkat:
        return sys_unlinkat(fd, path, (int)a[2]);
    case __NR_renameat2:
        return sys_renameat2(fd, path, (int)a[2], (const char *)a[3], (unsigned)a[4]);
    case __NR_linkat:
        return sys_linkat(fd, path, (int)a[2], (const char *)a[3], (int)a[4]);
    case __NR_symlinkat:
        return sys_symlinkat((const char *)a[0], (int)a[1], (const char *)a[2]);
    case __NR_readlinkat:
        return sys_readlinkat(fd, path, (char *)a[2], (int)a[3]);
    case __NR_dup:
        return sys_dup((unsigned)fd);
    case __NR_faccessat:
        return sys_faccessat(fd, path, (int)a[2]);
    case __NR_fcntl:
        return sys_fcntl(fd, (int)a[1], (unsigned long)a[2]);
    case __NR_sendfile:
        return sys_sendfile(fd, (int)a[1], (long long *)a[2], (size_t)a[3]);
    case __NR_copy_file_range:
        return sys_copy_file_range(fd, (long long *)a[1], (int)a[2], (long long *)a[3],
                                   (size_t)a[4], (unsigned)a[5]);
    case __NR_umask:
        return sys_umask((mode_t)a[0]);
    case __NR_fchmod:
        return sys_fchmod(fd, (mode_t)a[1]);
    case __NR_fchmodat:
        return sys_fchmodat(fd, path, (mode_t)a[2]);
    case __NR_mknodat:
        return sys_mknodat(fd, path, (mode_t)a[2], (unsigned)a[3]);
    }
    abort();
}

/* As guest/main.c shows it. */
static void show_status(const struct stat *status)
{
    long size = (status->mode & S_IFMT) == S_IFDIR ? 0 : status->size;
    printf(" mode %o links %lu size %ld", status->mode, (unsigned long)status->nlink, size);
}

static void show_names(long length)
{
    static const char *names[1024];
    unsigned count = 0;
    for (long at = 0; at < length && count < 1024;) {
        const struct linux_dirent64 *entry = (const void *)(buffer + at);
        unsigned place = count++;
        for (; place && strcmp(names[place - 1], entry->name) > 0; place--)
            names[place] = names[place - 1];
        names[place] = entry->name;
        at += entry->length;
    }
    for (unsigned i = 0; i < count; i++)
        printf(" %s", names[i]);
}

static void show(const struct call *call, long result)
{
    long length = call->shown < 0 ? result : call->shown;
    if (call->number == STATUS && result == 0)
        show_status((const struct stat *)buffer);
    else if (call->number == NAMES && result >= 0)
        show_names(result);
    else if (call->number >= 0 && result >= 0)
        for (long i = 0; i < length; i++)
            printf("%s%02x", i ? "" : " ", (unsigned char)buffer[i]);
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

int main(int argc, char **argv)
{
    static struct call calls[4096];
    uint32_t head[2];
    if (!take(head, sizeof head) || head[0] > 4096 || head[1] > sizeof data ||
        !take(calls, head[0] * sizeof calls[0]) || !take(data, head[1]))
        return 3;
    every = argc > 1 ? (unsigned)atoi(argv[1]) : 0;
    zeroos_umask = 0;
    for (uint32_t i = 0; i < head[0]; i++) {
        const struct call *call = &calls[i];
        long a[ARGUMENTS];
        if (is_moot(call)) {
            printf("%u moot\n", i);
            if (call->slot >= 0)
                slots[call->slot] = -1;
            continue;
        }
        for (int k = 0; k < ARGUMENTS; k++)
            a[k] = argument(call, k, data, buffer);
        memset(buffer, 0, call->shown > 0 ? (size_t)call->shown : 0);
        long result = make(call, a);
        if (call->slot >= 0)
            slots[call->slot] = result;
        printf("%u %ld", i, call->number == NAMES && result > 0 ? 1 : result);
        show(call, result);
        printf("\n");
    }
    return 0;
}
