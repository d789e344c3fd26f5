/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Code that was not lowered cannot run, so nobody gets memory for it. */
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_mmap
#define SYS_mmap SYS_mmap2 /* riscv32 */
#endif

int main(void)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS;
    /* musl's mmap makes ENOMEM of EPERM. */
    printf("%ld", syscall(SYS_mmap, NULL, 4096, PROT_READ | PROT_EXEC, flags, -1, 0));
    printf(" %d\n", errno == EPERM);
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, flags, -1, 0);
    printf("%d", mprotect(p, 4096, PROT_READ | PROT_EXEC));
    printf(" %d\n", errno == EPERM);
    return 0;
}
