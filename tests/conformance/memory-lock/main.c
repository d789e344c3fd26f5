/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The mlock family. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    char *pages = mmap(NULL, 12288, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    show("lock", mlock(pages, 4096));
    show("inside", mlock(pages + 100, 4096));
    show("nothing", mlock(pages, 0));
    show("unlock", munlock(pages, 8192));
    show("on fault", mlock2(pages, 4096, MLOCK_ONFAULT));
    show("unknown", syscall(SYS_mlock2, pages, 4096, 64));
    show("too long", mlock(pages, (size_t)-4096));
    show("unlock too long", munlock(pages, (size_t)-4096));
    show("too long on fault", syscall(SYS_mlock2, pages, (size_t)-4096, MLOCK_ONFAULT));
    munmap(pages + 4096, 4096);
    show("hole", mlock(pages, 12288));
    show("hole on fault", mlock2(pages, 12288, MLOCK_ONFAULT));
    show("unlock a hole", munlock(pages, 12288));
    show("all of nothing", mlockall(0));
    show("all on fault only", mlockall(MCL_ONFAULT));
    show("all unknown", mlockall(64));
    show("unlock all", munlockall());
    return 0;
}
