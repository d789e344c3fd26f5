/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Makes the system calls that its private input lists and prints what came of each: an image and a
 * Linux process alike (tests/fuzz_syscalls/calls.py writes the list).
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "calls.h"

enum { SCRATCH = 1 << 16 };

/* The input: how many calls, how many bytes of data, the calls, the data. */
static struct {
    uint32_t calls, data;
} head;
static struct call calls[4096];
static char data[1 << 18];
static _Alignas(16) char buffer[SCRATCH];

static void read_all(void *to, size_t size)
{
    for (char *at = to; size;) {
        ssize_t got = read(0, at, size);
        if (got <= 0)
            _exit(3);
        at += got;
        size -= (size_t)got;
    }
}

/* What of a struct stat is the same in an image and in a host's directory. */
static void show_status(const struct stat *status)
{
    long size = S_ISDIR(status->st_mode) ? 0 : (long)status->st_size;
    printf(" mode %o links %lu size %ld", (unsigned)status->st_mode,
           (unsigned long)status->st_nlink, size);
}

/* The names that getdents64 gave, sorted; their order is the file system's own affair. */
static void show_names(long length)
{
    static const char *names[1024];
    unsigned count = 0;
    for (long at = 0; at < length && count < 1024; at += *(unsigned short *)(buffer + at + 16)) {
        const char *name = buffer + at + 19;
        unsigned place = count++;
        for (; place && strcmp(names[place - 1], name) > 0; place--)
            names[place] = names[place - 1];
        names[place] = name;
    }
    for (unsigned i = 0; i < count; i++)
        printf(" %s", names[i]);
}

static void show_buffer(long length)
{
    for (long i = 0; i < length && i < SCRATCH; i++)
        printf("%s%02x", i ? "" : " ", (unsigned char)buffer[i]);
}

static long make(const struct call *call, const long *a)
{
    switch (call->number) {
    case POKE:
        *(volatile long *)a[0] = a[1];
        return 0;
    case PEEK:
        return 0;
    case STATUS:
        return syscall(SYS_newfstatat, a[0], a[1], buffer, a[2]);
    case NAMES: {
        long result = syscall(SYS_getdents64, a[0], buffer, sizeof buffer);
        /* Where a directory ends is the file system's own affair too. */
        if (result >= 0)
            lseek((int)a[0], 0, SEEK_SET);
        return result;
    }
    }
    return syscall(call->number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void show(const struct call *call, const long *a, long result)
{
    long length = call->shown < 0 ? result : call->shown;
    if (call->number == PEEK)
        peek((const long *)a[0], a[1]);
    else if (call->number == STATUS && result == 0)
        show_status((const struct stat *)buffer);
    else if (call->number == NAMES && result >= 0)
        show_names(result);
    else if (call->number >= 0 && result >= 0)
        show_buffer(length);
}

int main(void)
{
    umask(0);
    close(3); /* the public output, where the oracle has one */
    read_all(&head, sizeof head);
    if (head.calls > sizeof calls / sizeof calls[0] || head.data > sizeof data)
        return 3;
    read_all(calls, head.calls * sizeof calls[0]);
    read_all(data, head.data);
    for (uint32_t i = 0; i < head.calls; i++) {
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
        errno = 0;
        long result = make(call, a);
        if (result == -1 && errno)
            result = -errno;
        if (call->slot >= 0)
            slots[call->slot] = result;
        printf("%u %ld", i, call->number == NAMES && result > 0 ? 1 : result);
        show(call, a, result);
        printf("\n");
    }
    return 0;
}
