/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Out of memory is an error and no end; what is freed comes back. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define SIZE (1 << 20)

int main(void)
{
    static char *pieces[4096];
    int count = 0;
    while (count < 4096) {
        pieces[count] =
            mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (pieces[count] == MAP_FAILED)
            break;
        pieces[count][0] = 1;
        count++;
    }
    printf("%d", count >= 6);
    printf(" %d\n", errno == ENOMEM);
    for (int i = 0; i < count; i += 2)
        munmap(pieces[i], SIZE);
    for (int i = 1; i < count; i += 2)
        munmap(pieces[i], SIZE);
    size_t all = (size_t)count * SIZE;
    char *p = mmap(NULL, all, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    printf("%d\n", p != MAP_FAILED && p[0] == 0 && p[all - 1] == 0 && p[all / 2] == 0);
    return 0;
}
