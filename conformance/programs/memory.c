/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

static char zeros[1 << 18];
static const char text[] = "constant";
static char data[64] = "initialized";

int main(void)
{
    size_t sum = 0;
    for (size_t i = 0; i < sizeof zeros; i++)
        sum += (size_t)zeros[i];
    memset(zeros, 1, sizeof zeros);
    char *pages = mmap(0, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED)
        return 1;
    for (size_t i = 0; i < 65536; i++)
        sum += (size_t)pages[i];
    memset(pages, 1, 65536);
    munmap(pages, 65536);
    pages = mmap(0, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (size_t i = 0; i < 65536; i++)
        sum += (size_t)pages[i];
    data[0]++;
    printf("%zu %s %s\n", sum, text, data);
    return 0;
}
