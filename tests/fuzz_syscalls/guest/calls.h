/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A list of system calls as calls.py writes it. The includer has printf. */
#include <stdbool.h>
#include <stdint.h>

enum { ARGUMENTS = 6, SLOTS = 64, PAGE = 4096 };
/* Of an argument. A slot holds the result of an earlier call; a number is added to it. */
enum kind { NUMBER, SLOT, DATA, BUFFER };
/* In place of a system call's number. */
enum { POKE = -1, PEEK = -2, STATUS = -3, NAMES = -4 };

struct call {
    int32_t number;
    int32_t slot;   /* where the result goes; -1: nowhere */
    int32_t shown;  /* so many bytes of the buffer are printed; -1: as many as the result says */
    uint32_t kinds; /* four bits for each argument */
    int64_t values[ARGUMENTS];
};

static long slots[SLOTS];

static enum kind kind_of(const struct call *call, int index)
{
    return (enum kind)(call->kinds >> 4 * index & 15);
}

/* A call on the result of one that failed would be a call on whatever lies there. */
static bool is_moot(const struct call *call)
{
    for (int i = 0; i < ARGUMENTS; i++)
        if (kind_of(call, i) == SLOT && slots[call->values[i] >> 40] < 0)
            return true;
    return false;
}

static long argument(const struct call *call, int index, char *data, char *buffer)
{
    int64_t value = call->values[index];
    switch (kind_of(call, index)) {
    case SLOT:
        return slots[value >> 40] + (long)(value & 0xffffffffff);
    case DATA:
        return (long)(data + value);
    case BUFFER:
        return (long)(buffer + value);
    default:
        return (long)value;
    }
}

/* The first word of each page, and how many other words are not zero. */
static inline void peek(const long *page, long count)
{
    for (; count > 0; count--, page += PAGE / sizeof *page) {
        long others = 0;
        for (unsigned i = 1; i < PAGE / sizeof *page; i++)
            others += page[i] != 0;
        printf(" %lx/%ld", page[0], others);
    }
}
