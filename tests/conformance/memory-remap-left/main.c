/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What mremap leaves behind: nothing, or an empty mapping; and calls that find nothing there. */
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

static void show(const char *what, int failed)
{
    printf("%s: %s\n", what, failed ? strerror(errno) : "done");
}

int main(void)
{
    int fixed = MREMAP_MAYMOVE | MREMAP_FIXED, leave = MREMAP_MAYMOVE | MREMAP_DONTUNMAP;
    char *place = take(8), *from = take(3);
    char *to = mremap(from, 2 * 4096, 3 * 4096, fixed, place + 4096);
    printf("there %d\n", to == place + 4096);
    show("synchronize", msync(from, 4096, MS_SYNC));
    show("partly", msync(from + 4096, 8192, MS_SYNC));
    show("the rest", msync(from + 8192, 4096, MS_SYNC));
    show("lock", mlock(from, 4096));
    show("move", mremap(from, 4096, 4096, fixed, place) == MAP_FAILED);
    from = take(2);
    memset(from, 5, 2 * 4096);
    to = mremap(from, 2 * 4096, 2 * 4096, leave, NULL);
    printf("left %d: %d %d, %d %d\n", to != from, to[0], to[8191], from[0], from[8191]);
    return 0;
}
