/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Every advice that Linux knows for private memory, and that nothing is lost by it. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(pages, 3, 8192);
    for (int advice = -1; advice < 30; advice++) {
        errno = 0;
        /* MADV_COLLAPSE, which asks for a huge page, and zeroing ones, which another test is of. */
        if (advice == 25 || advice == MADV_DONTNEED || advice == MADV_FREE || advice == 24)
            continue;
        long result = syscall(SYS_madvise, pages, 8192, advice);
        printf("%d: %ld %s, %d\n", advice, result, errno ? strerror(errno) : "", pages[8191]);
    }
    return 0;
}
