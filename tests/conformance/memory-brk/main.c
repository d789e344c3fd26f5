/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The break moves up and down; bytes of the page behind it survive, whole pages come back zero. */
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static char *move(char *address)
{
    return (char *)syscall(SYS_brk, address);
}

int main(void)
{
    char *start = move(NULL);
    printf("%d\n", start != NULL);
    printf("%d\n", move(start + 3 * 4096) == start + 3 * 4096);
    int dirty = 0;
    for (int i = 0; i < 3 * 4096; i++)
        dirty |= start[i];
    printf("zero %d\n", dirty == 0);
    memset(start, 0x77, 3 * 4096);
    char *page = (char *)(((unsigned long)start + 4096) & -4096ul);
    printf("%d\n", move(page + 100) == page + 100);
    printf("%d\n", move(start + 3 * 4096) == start + 3 * 4096);
    printf("in the page %d, behind it %d\n", page[200] == 0x77, page[4096] == 0);
    printf("below the start %d\n", move((char *)1) == start + 3 * 4096);
    printf("too far %d\n", move((char *)-1) == start + 3 * 4096);
    return 0;
}
