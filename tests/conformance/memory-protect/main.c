/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

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
    char *p = mmap(NULL, 4 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    try("open", mprotect(p, 4 * PAGE, PROT_READ | PROT_WRITE));
    p[0] = p[4 * PAGE - 1] = 1;
    try("read only", mprotect(p, PAGE, PROT_READ));
    printf("%d\n", p[0]);
    /* musl's mprotect aligns what it is given. */
    try("misaligned", (int)syscall(SYS_mprotect, p + 8, PAGE, PROT_READ));
    try("empty", mprotect(p, 0, PROT_READ));
    try("bits", mprotect(p, PAGE, 64));
    munmap(p + PAGE, PAGE);
    try("hole", mprotect(p, 3 * PAGE, PROT_READ));
    try("behind it", mprotect(p + 2 * PAGE, 2 * PAGE, PROT_READ));
    return 0;
}
