/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* One operation: a KiB of heap, in blocks of 16 bytes to 256 KiB; every second one is freed and the
 * gaps are filled. */
#include "../programs/bench.h"
#include <stddef.h>

struct block {
    struct block *next;
    size_t size;
};

static struct block *blocks;
static unsigned state = 1;

static size_t next_size(void)
{
    state = state * 1664525 + 1013904223;
    return (size_t)16 << (state >> 28) % 15;
}

static int fill(size_t bytes)
{
    for (size_t size; bytes; bytes -= size) {
        size = next_size();
        if (size > bytes)
            size = bytes;
        struct block *block = malloc(size < sizeof *block ? sizeof *block : size);
        if (!block)
            return 1;
        ((volatile char *)block)[size - 1] = 1;
        *block = (struct block){blocks, size};
        blocks = block;
    }
    return 0;
}

int main(void)
{
    size_t bytes = (size_t)repetitions() << 10, freed = 0;
    if (fill(bytes))
        return 2;
    for (struct block *block = blocks; block && block->next;) {
        struct block *gone = block->next;
        block->next = gone->next;
        freed += gone->size;
        free(gone);
        block = block->next;
    }
    if (fill(freed))
        return 3;
    while (blocks) {
        struct block *next = blocks->next;
        free(blocks);
        blocks = next;
    }
    return 0;
}
