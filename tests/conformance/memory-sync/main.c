/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* msync looks at its arguments. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    char *pages = mmap(NULL, 12288, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    show("synchronous", msync(pages, 12288, MS_SYNC));
    show("asynchronous", msync(pages, 1, MS_ASYNC));
    show("invalidate", msync(pages + 4096, 4096, MS_INVALIDATE));
    show("neither", msync(pages, 4096, 0));
    show("nothing", msync(pages, 0, MS_SYNC));
    show("both", msync(pages, 4096, MS_SYNC | MS_ASYNC));
    show("unknown", msync(pages, 4096, 64));
    show("misaligned", msync(pages + 1, 4096, MS_SYNC));
    return 0;
}
