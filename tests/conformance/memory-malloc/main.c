/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* malloc, realloc, aligned_alloc and free in a random order, checked byte by byte. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCKS 256

static unsigned char *blocks[BLOCKS];
static size_t sizes[BLOCKS];
static uint32_t state = 1;

static uint32_t pick(uint32_t limit)
{
    state = state * 1664525 + 1013904223;
    return (state >> 8) % limit;
}

static void check(int i)
{
    for (size_t j = 0; j < sizes[i]; j++)
        if (blocks[i][j] != (unsigned char)(i + j)) {
            printf("block %d is broken at %zu\n", i, j);
            exit(1);
        }
}

static void fill(int i, size_t from)
{
    for (size_t j = from; j < sizes[i]; j++)
        blocks[i][j] = (unsigned char)(i + j);
}

int main(void)
{
    unsigned long total = 0;
    for (int step = 0; step < 6000; step++) {
        int i = (int)pick(BLOCKS);
        size_t size = pick(100) == 0 ? pick(300000) : pick(600);
        if (!blocks[i]) {
            size_t alignment = 16u << pick(5);
            blocks[i] = step % 2 ? malloc(size) : aligned_alloc(alignment, size);
            if (step % 2 == 0 && (uintptr_t)blocks[i] % alignment)
                printf("not aligned to %zu\n", alignment);
            sizes[i] = size;
            fill(i, 0);
        } else if (pick(3) == 0) {
            size_t old = sizes[i] < size ? sizes[i] : size;
            check(i);
            blocks[i] = realloc(blocks[i], size ? size : 1);
            sizes[i] = old;
            check(i);
            sizes[i] = size ? size : 1;
            fill(i, old);
        } else {
            check(i);
            free(blocks[i]);
            blocks[i] = NULL;
        }
        total += size;
    }
    for (int i = 0; i < BLOCKS; i++)
        if (blocks[i])
            check(i);
    unsigned char *zero = calloc(100, 1000);
    for (int i = 0; i < 100000; i++)
        if (zero[i])
            return 1;
    printf("%lu\n", total);
    return 0;
}
