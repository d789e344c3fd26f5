/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* With a few blocks of the size in use, as in any program: musl's allocator gives back a whole
 * group of blocks when the last one is freed, and makes a new one at the next call. */
#include "bench.h"

static void *volatile block, *volatile others[4];

int main(void)
{
    for (int i = 0; i < 4; i++)
        others[i] = malloc(16);
    for (long left = repetitions(); left; left--) {
        BARRIER();
        block = malloc(16);
        free(block);
    }
    return 0;
}
