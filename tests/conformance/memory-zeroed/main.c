/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Pages are zero, however often they were used before. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

static int all_zero(const unsigned char *p, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (p[i])
            return 0;
    return 1;
}

int main(void)
{
    int good = 0;
    for (int i = 0; i < 200; i++) {
        size_t size = 4096ul * (1 + i * 7 % 9);
        unsigned char *p =
            mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        good += p != MAP_FAILED && all_zero(p, size);
        memset(p, 0xee, size);
        if (i % 3)
            good += munmap(p, size) == 0;
    }
    printf("%d\n", good);
    return 0;
}
