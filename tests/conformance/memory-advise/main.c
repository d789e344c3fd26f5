/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE 4096

static void try(const char *what, int result)
{
    printf("%s: %s\n", what,
           result == 0       ? "ok"
           : errno == EINVAL ? "EINVAL"
           : errno == ENOMEM ? "ENOMEM"
                             : "other");
}

int main(void)
{
    char *p = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(p, 3, 4 * PAGE);
    try("normal", madvise(p, PAGE, MADV_NORMAL));
    try("will need", madvise(p, PAGE, MADV_WILLNEED));
    printf("%d\n", p[0]);
    try("do not need", madvise(p + PAGE, 2 * PAGE, MADV_DONTNEED));
    printf("%d %d %d %d\n", p[PAGE - 1], p[PAGE], p[3 * PAGE - 1], p[3 * PAGE]);
    try("misaligned", madvise(p + 1, PAGE, MADV_NORMAL));
    try("unknown", madvise(p, PAGE, 1000));
    try("empty", madvise(p, 0, MADV_DONTNEED));
    munmap(p + PAGE, PAGE);
    try("hole", madvise(p, 3 * PAGE, MADV_NORMAL));
    return 0;
}
