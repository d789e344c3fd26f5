/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 100, ROUNDS = 2000 };

static unsigned char *blocks[BLOCKS];
static size_t sizes[BLOCKS];

static int intact(int i)
{
    for (size_t k = 0; k < sizes[i]; k++)
        if (blocks[i][k] != (unsigned char)(i + 1))
            return 0;
    return 1;
}

int main(void)
{
    uint32_t state = 1;
    int wrong = 0;
    for (int round = 0; round < ROUNDS; round++) {
        state = state * 1664525u + 1013904223u;
        int i = (int)(state >> 16) % BLOCKS;
        size_t size = (state >> 8) % 700 + (round % 97 == 0 ? 20000 : 0);
        wrong += !intact(i);
        if (round % 3 == 0) {
            free(blocks[i]);
            blocks[i] = calloc(size, 1);
            for (size_t k = 0; k < size; k++)
                wrong += blocks[i][k] != 0;
        } else {
            blocks[i] = realloc(blocks[i], size + 1);
        }
        wrong += (uintptr_t)blocks[i] % 8 != 0;
        sizes[i] = size;
        if (size)
            memset(blocks[i], i + 1, size);
    }
    void *large = aligned_alloc(4096, 1 << 16);
    wrong += large == 0 || (uintptr_t)large % 4096 != 0;
    printf("%d wrong\n", wrong);
    return wrong != 0;
}
