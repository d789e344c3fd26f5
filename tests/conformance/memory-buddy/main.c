/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Mappings of many sizes come and go, are cut, grow and move: none overlaps another one, each is
 * zeroed when it comes and keeps what is written, and what was given back can be had again. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE 4096
#define SLOTS 64

static struct {
    unsigned *start;
    size_t pages;
    unsigned mark;
} slots[SLOTS];
static unsigned state = 12345, marks, wrong;
static size_t held;

static unsigned roll(unsigned below)
{
    state = state * 1103515245 + 12345;
    return state / 65536 % below;
}

static void mark(unsigned slot, size_t from)
{
    for (size_t page = from; page < slots[slot].pages; page++) {
        unsigned *words = slots[slot].start + page * (PAGE / 4);
        for (int i = 0; i < PAGE / 4; i += 255) {
            wrong += words[i] != 0;
            words[i] = slots[slot].mark;
        }
    }
}

static void check(unsigned slot)
{
    for (size_t page = 0; page < slots[slot].pages; page++)
        for (int i = 0; i < PAGE / 4; i += 255)
            wrong += slots[slot].start[page * (PAGE / 4) + i] != slots[slot].mark;
}

static void map(unsigned slot)
{
    size_t pages = roll(8) ? 1 + roll(9) : 1 + roll(100);
    void *start =
        mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED)
        return;
    slots[slot].start = start;
    slots[slot].pages = pages;
    slots[slot].mark = ++marks;
    held += pages;
    mark(slot, 0);
}

static void change(unsigned slot)
{
    size_t old = slots[slot].pages, pages = 1 + roll(20);
    check(slot);
    switch (roll(4)) {
    case 0:
        munmap(slots[slot].start, old * PAGE);
        pages = 0;
        break;
    case 1: { /* cut off its beginning */
        size_t cut = roll((unsigned)old);
        munmap(slots[slot].start, cut * PAGE);
        slots[slot].start += cut * (PAGE / 4);
        pages = old - cut;
        break;
    }
    default: {
        void *moved = mremap(slots[slot].start, old * PAGE, pages * PAGE, MREMAP_MAYMOVE);
        if (moved == MAP_FAILED)
            return;
        slots[slot].start = moved;
    }
    }
    held += pages - old;
    slots[slot].pages = pages;
    mark(slot, old);
}

int main(void)
{
    for (int i = 0; i < 6000; i++) {
        unsigned slot = roll(SLOTS);
        if (slots[slot].pages)
            change(slot);
        else
            map(slot);
    }
    for (unsigned slot = 0; slot < SLOTS; slot++)
        if (slots[slot].pages) {
            check(slot);
            munmap(slots[slot].start, slots[slot].pages * PAGE);
        }
    printf("wrong %u\n", wrong);
    /* All of it is free again: half of the heap in one piece. */
    char *large = mmap(NULL, 4 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    printf("large %d\n", large != MAP_FAILED && large[0] == 0 && large[(4 << 20) - 1] == 0);
    return 0;
}
