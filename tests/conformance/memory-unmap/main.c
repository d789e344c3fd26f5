/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Parts of mappings go, the rest stays; ranges may cover what is not mapped. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE 4096

int main(void)
{
    char *p = mmap(NULL, 16 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (int i = 0; i < 16; i++)
        memset(p + i * PAGE, 'a' + i, PAGE);
    printf("%d", munmap(p + 4 * PAGE, PAGE));
    printf("%d", munmap(p + 6 * PAGE, 2 * PAGE));
    printf("%d", munmap(p + 3 * PAGE, 6 * PAGE)); /* with holes */
    printf("%d", munmap(p + 3 * PAGE, 6 * PAGE)); /* again: nothing there */
    printf("%d\n", munmap(p, PAGE));
    printf("%c%c%c%c\n", p[PAGE], p[3 * PAGE - 1], p[9 * PAGE], p[16 * PAGE - 1]);
    errno = 0;
    printf("%d", munmap(p + 1, PAGE));
    printf(" %d\n", errno == EINVAL);
    errno = 0;
    printf("%d", munmap(p, 0));
    printf(" %d\n", errno == EINVAL);
    errno = 0;
    printf("%d", munmap(p, (size_t)-PAGE));
    printf(" %d\n", errno == EINVAL);
    printf("%d\n", munmap(p, 16 * PAGE));
    return 0;
}
