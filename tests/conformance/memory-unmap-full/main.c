/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Memory is used up, and pages are given back while the caller stands on them. What is free needs
 * books, for which there is no other place at some time; then the call fails and changes nothing.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>

enum { PAGE = 4096 };

/* munmap of the page on which the stack is meanwhile. */
static long unmap_below(char *page)
{
    register long a0 __asm__("a0") = (long)page;
    register long a1 __asm__("a1") = PAGE;
    register long a7 __asm__("a7") = SYS_munmap;
    register char *top __asm__("a2") = page + PAGE;
    __asm__ volatile("mv s2, sp\n\tmv sp, a2\n\tecall\n\tmv sp, s2"
                     : "+r"(a0)
                     : "r"(a1), "r"(a7), "r"(top)
                     : "s2", "memory");
    return a0;
}

int main(void)
{
    static char *pages[1024];
    int count = 0, freed = 0;
    long result = 0;
    while (count < 1024) {
        pages[count] = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (pages[count] == MAP_FAILED)
            break;
        count++;
    }
    /* Every other page, so that none of the free ones are neighbours. */
    for (int i = 0; i < count && !result; i += 2) {
        result = unmap_below(pages[i]);
        freed += !result;
    }
    printf("%d %d %d\n", count < 1024, freed > 0, result == -ENOMEM);
    int again = 0;
    while (mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED)
        again++;
    printf("%d\n", again == freed);
    return 0;
}
