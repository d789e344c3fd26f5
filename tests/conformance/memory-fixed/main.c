/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* MAP_FIXED replaces, MAP_FIXED_NOREPLACE refuses to. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define SIZE (8 * 4096)

static char *map(char *address, size_t size, int flags)
{
    return mmap(address, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
}

int main(void)
{
    char *p = map(NULL, SIZE, 0);
    memset(p, 1, SIZE);
    printf("replace %d\n", map(p + 4096, 2 * 4096, MAP_FIXED) == p + 4096);
    printf("%d %d %d\n", p[4095], p[4096], p[3 * 4096]);
    errno = 0;
    printf("refuse %d", map(p, 4096, MAP_FIXED_NOREPLACE) == MAP_FAILED);
    printf(" %d\n", errno == EEXIST);
    printf("hole %d\n", munmap(p + 4 * 4096, 4096));
    printf("fill %d\n", map(p + 4 * 4096, 4096, MAP_FIXED_NOREPLACE) == p + 4 * 4096);
    printf("%d %d\n", p[4 * 4096], p[5 * 4096]);
    errno = 0;
    printf("misaligned %d", map(p + 1, 4096, MAP_FIXED) == MAP_FAILED);
    printf(" %d\n", errno == EINVAL);
    printf("none %d\n",
           mmap(p, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == p);
    printf("open %d\n", mprotect(p, 4096, PROT_READ | PROT_WRITE));
    printf("zero %d\n", p[0]);
    return 0;
}
