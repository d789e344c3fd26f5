/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mincore: what was touched is in memory. */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    unsigned char vector[4] = {9, 9, 9, 9};
    char *pages = mmap(NULL, 12288, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(pages, 1, 12288);
    show("three", mincore(pages, 8193, vector));
    printf("%d %d %d %d\n", vector[0] & 1, vector[1] & 1, vector[2] & 1, vector[3]);
    show("none", mincore(pages, 0, vector));
    show("misaligned", mincore(pages + 1, 4096, vector));
    show("too long", mincore(pages, (size_t)-1, vector));
    show("no memory", syscall(SYS_mincore, pages, 4096, (void *)16));
    munmap(pages + 4096, 4096);
    show("hole", mincore(pages, 12288, vector));
    return 0;
}
