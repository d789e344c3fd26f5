/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The same as malloc's own test with the allocators that never free. */
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

int main(void)
{
    unsigned char *last = NULL;
    int good = 0;
    for (int i = 1; i < 2000; i++) {
        unsigned char *p = malloc(i);
        good += (uintptr_t)p % 16 == 0 && malloc_usable_size(p) >= (size_t)i;
        memset(p, i, i);
        if (last)
            good += last[0] == (unsigned char)(i - 1);
        p = realloc(p, 2 * i);
        good += p[i - 1] == (unsigned char)i;
        free(last);
        last = p;
        unsigned char *zero = calloc(i, 3);
        for (int j = 0; j < 3 * i; j++)
            good -= zero[j] != 0;
    }
    void *aligned;
    good += posix_memalign(&aligned, 4096, 100) == 0 && (uintptr_t)aligned % 4096 == 0;
    good += posix_memalign(&aligned, 24, 100) == EINVAL;
    errno = 0;
    volatile size_t huge = SIZE_MAX - 8;
    good += malloc(huge) == NULL && errno == ENOMEM;
    good += calloc(huge, 16) == NULL;
    char *p = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    good += munmap(p, 65536) == 0;
    printf("%d\n", good);
    return 0;
}
