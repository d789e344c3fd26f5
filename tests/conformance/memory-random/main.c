/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Mapping, unmapping, replacing, moving in a random order, every page checked by its mark. */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#define PAGE 4096ul
#define SLOTS 40
#define STEPS 4000

/* A mapping of `pages` pages at `start`; mark[i] is what page i must hold, -1: it is unmapped. */
static struct slot {
    char *start;
    int pages;
    int mixed; /* of several mappings, which Linux may not move as one */
    int mark[64];
} slots[SLOTS];
static uint32_t state = 12345;

static int pick(int limit)
{
    state = state * 1664525 + 1013904223;
    return (int)((state >> 9) % (uint32_t)limit);
}

static void *map(char *address, int pages, int flags)
{
    return mmap(address, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags,
                -1, 0);
}

static void check(struct slot *slot)
{
    for (int i = 0; i < slot->pages; i++) {
        const int *page = (int *)(slot->start + i * PAGE);
        if (slot->mark[i] >= 0 && (page[0] != slot->mark[i] || page[1023] != slot->mark[i])) {
            printf("page %d of %d holds %d\n", i, slot->pages, page[0]);
            exit(1);
        }
    }
}

static void set(struct slot *slot, int page, int mark)
{
    int *words = (int *)(slot->start + page * PAGE);
    words[0] = words[1023] = slot->mark[page] = mark;
}

/* Unmapped pages belong to nobody any more, others may have them; only whole mappings move. */
static int whole(struct slot *slot)
{
    for (int i = 0; i < slot->pages; i++)
        if (slot->mark[i] < 0)
            return 0;
    return 1;
}

int main(void)
{
    for (int step = 0; step < STEPS; step++) {
        struct slot *slot = &slots[pick(SLOTS)];
        if (!slot->start) {
            slot->pages = 1 + pick(24);
            slot->start = map(NULL, slot->pages, 0);
            slot->mixed = 0;
            for (int i = 0; i < slot->pages; i++)
                slot->mark[i] = 0;
            check(slot);
            for (int i = 0; i < slot->pages; i++)
                if (pick(2))
                    set(slot, i, step);
            continue;
        }
        check(slot);
        int from = pick(slot->pages), count = 1 + pick(slot->pages - from);
        switch (pick(4)) {
        case 0:
            for (count = 0; from + count < slot->pages && slot->mark[from + count] >= 0; count++)
                slot->mark[from + count] = -1;
            if (count)
                munmap(slot->start + from * PAGE, count * PAGE);
            break;
        case 1:
            if (!whole(slot))
                break;
            if (map(slot->start + from * PAGE, count, MAP_FIXED) != slot->start + from * PAGE)
                return 2;
            for (int i = from; i < from + count; i++)
                slot->mark[i] = 0;
            slot->mixed = 1;
            break;
        case 2:
            if (whole(slot) && !slot->mixed) {
                int pages = 1 + pick(40);
                slot->start = mremap(slot->start, slot->pages * PAGE, pages * PAGE, MREMAP_MAYMOVE);
                for (int i = slot->pages; i < pages; i++)
                    slot->mark[i] = 0;
                slot->pages = pages;
                check(slot);
            }
            break;
        default:
            for (int i = 0; i < slot->pages; i++)
                if (slot->mark[i] >= 0)
                    munmap(slot->start + i * PAGE, PAGE);
            slot->start = NULL;
        }
    }
    for (int i = 0; i < SLOTS; i++)
        if (slots[i].start)
            check(&slots[i]);
    puts("all marks stand");
    return 0;
}
