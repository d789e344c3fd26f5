/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mremap shrinks, grows in place and moves; contents go with it, new pages are zero. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE 4096

static int filled(const char *p, size_t size, char value)
{
    for (size_t i = 0; i < size; i++)
        if (p[i] != value)
            return 0;
    return 1;
}

int main(void)
{
    int rw = PROT_READ | PROT_WRITE, anonymous = MAP_PRIVATE | MAP_ANONYMOUS;
    char *p = mmap(NULL, 8 * PAGE, rw, anonymous, -1, 0);
    memset(p, 5, 8 * PAGE);
    printf("shrink %d\n", mremap(p, 8 * PAGE, 4 * PAGE, 0) == p);
    printf("grow back %d\n", mremap(p, 4 * PAGE, 8 * PAGE, 0) == p);
    printf("%d %d\n", filled(p, 4 * PAGE, 5), filled(p + 4 * PAGE, 4 * PAGE, 0));
    char *q = mremap(p, 8 * PAGE, 64 * PAGE, MREMAP_MAYMOVE);
    printf("move %d %d %d\n", q != MAP_FAILED, filled(q, 4 * PAGE, 5),
           filled(q + 4 * PAGE, 60 * PAGE, 0));
    printf("same %d\n", mremap(q, 64 * PAGE, 64 * PAGE, 0) == q);
    errno = 0;
    printf("misaligned %d", mremap(q + 1, PAGE, PAGE, 0) == MAP_FAILED);
    printf(" %d\n", errno == EINVAL);
    errno = 0;
    printf("flags %d", mremap(q, PAGE, PAGE, 64) == MAP_FAILED);
    printf(" %d\n", errno == EINVAL);
    errno = 0;
    printf("empty %d", mremap(q, PAGE, 0, 0) == MAP_FAILED);
    printf(" %d\n", errno == EINVAL);
    munmap(q, 64 * PAGE);
    errno = 0;
    printf("unmapped %d", mremap(q, PAGE, 2 * PAGE, MREMAP_MAYMOVE) == MAP_FAILED);
    printf(" %d\n", errno == EFAULT);
    return 0;
}
