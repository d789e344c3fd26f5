/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mremap to a chosen place, and what it refuses. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

static char *take(size_t pages)
{
    return mmap(NULL, pages * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void refuse(const char *what, void *result)
{
    printf("%s: %s\n", what, result == MAP_FAILED ? strerror(errno) : "moved");
}

int main(void)
{
    int fixed = MREMAP_MAYMOVE | MREMAP_FIXED, leave = MREMAP_MAYMOVE | MREMAP_DONTUNMAP;
    char *place = take(8), *from = take(2);
    memset(place, 7, 8 * 4096);
    memset(from, 3, 2 * 4096);
    char *to = mremap(from, 2 * 4096, 3 * 4096, fixed, place + 4096);
    printf("there %d: %d %d %d %d %d\n", to == place + 4096, place[4095], to[0], to[8191], to[8192],
           to[3 * 4096]);
    char *less = mremap(to, 3 * 4096, 4096, fixed, place + 6 * 4096);
    printf("less %d: %d %d\n", less == place + 6 * 4096, less[0], less[4096]);
    from = take(2);
    refuse("no move", mremap(from, 4096, 4096, MREMAP_FIXED, place));
    refuse("misaligned", mremap(from, 4096, 4096, fixed, place + 1));
    refuse("onto itself", mremap(from, 2 * 4096, 2 * 4096, fixed, from + 4096));
    refuse("left and grown", mremap(from, 4096, 8192, leave, NULL));
    refuse("left in place", mremap(from, 4096, 4096, MREMAP_DONTUNMAP, NULL));
    return 0;
}
