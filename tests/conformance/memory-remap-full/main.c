/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A mapping that can grow neither in place nor elsewhere stays as it is. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define HUGE_SIZE ((size_t)-1 / 8 * 7 & -4096ul)

int main(void)
{
    char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(pages, 5, 8192);
    void *grown = mremap(pages, 8192, HUGE_SIZE, MREMAP_MAYMOVE);
    printf("%d %s\n", grown == MAP_FAILED, strerror(errno));
    grown = mremap(pages, 4096, 8192, 0);
    printf("%d %s\n", grown == MAP_FAILED, strerror(errno));
    printf("%d %d\n", pages[0], pages[8191]);
    return 0;
}
