/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>

static void try(const char *what, size_t size, int prot, int flags, int fd, long offset)
{
    errno = 0;
    void *p = mmap(NULL, size, prot, flags, fd, offset);
    printf("%s: %s\n", what,
           p != MAP_FAILED   ? "ok"
           : errno == EINVAL ? "EINVAL"
           : errno == ENOMEM ? "ENOMEM"
           : errno == EBADF  ? "EBADF"
           : errno == ENODEV ? "ENODEV"
                             : "other");
}

int main(void)
{
    int rw = PROT_READ | PROT_WRITE, anonymous = MAP_PRIVATE | MAP_ANONYMOUS;
    try("plain", 4096, rw, anonymous, -1, 0);
    try("shared", 4096, rw, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    try("odd size", 1, rw, anonymous, -1, 0);
    try("empty", 0, rw, anonymous, -1, 0);
    try("no type", 4096, rw, MAP_ANONYMOUS, -1, 0);
    try("huge", (size_t)1 << 62, rw, anonymous, -1, 0);
    try("overflow", (size_t)-1, rw, anonymous, -1, 0);
    try("closed", 4096, rw, MAP_PRIVATE, 77, 0);
    try("pipe", 4096, PROT_READ, MAP_PRIVATE, 0, 0);
    return 0;
}
