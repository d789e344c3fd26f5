/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The allocator under mixed sizes: every block keeps its content, memory is reused. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS 512
#define ROUNDS 20000

static uint32_t state = 1;

static uint32_t next(void)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static size_t some_size(void)
{
    uint32_t kind = next() % 16;
    if (kind == 0)
        return 1 + next() % (256 * 1024);
    return 1 + next() % (kind < 4 ? 4096 : 128);
}

int main(void)
{
    static struct {
        unsigned char *data;
        size_t size;
        unsigned char mark;
    } slots[SLOTS];
    uint64_t total = 0;
    for (int round = 0; round < ROUNDS; round++) {
        unsigned i = next() % SLOTS;
        if (slots[i].data && next() % 4) {
            unsigned char *data = slots[i].data;
            if (data[0] != slots[i].mark || data[slots[i].size - 1] != slots[i].mark) {
                printf("block %u lost its content\n", i);
                return 1;
            }
            free(data);
            slots[i].data = NULL;
            continue;
        }
        size_t size = some_size();
        unsigned char *data = realloc(slots[i].data, size);
        if (!data) {
            puts("out of memory");
            return 1;
        }
        slots[i].data = data;
        slots[i].size = size;
        slots[i].mark = (unsigned char)next();
        memset(data, slots[i].mark, size);
        total += size;
    }
    unsigned char *zeroed = calloc(1000, 1000);
    for (size_t i = 0; i < 1000 * 1000; i++)
        if (zeroed[i]) {
            puts("calloc handed out memory that is not zero");
            return 1;
        }
    printf("%d rounds, %llu bytes handed out\n", ROUNDS, (unsigned long long)total);
    return 0;
}
