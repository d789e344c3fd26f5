/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Which open files can be mapped, and what is wrong with others. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void try(const char *what, size_t length, int prot, int flags, int fd, off_t offset)
{
    void *found = mmap(NULL, length, prot, flags, fd, offset);
    printf("%s: %s\n", what, found == MAP_FAILED ? strerror(errno) : "mapped");
}

int main(void)
{
    int null = open("/dev/null", O_RDWR);
    try("device", 4096, PROT_READ, MAP_PRIVATE, null, 0);
    try("closed", 4096, PROT_READ, MAP_PRIVATE, 77, 0);
    try("no length", 0, PROT_READ, MAP_PRIVATE, null, 0);
    try("offset", 4096, PROT_READ, MAP_PRIVATE, null, 1);
    try("neither private nor shared", 4096, PROT_READ, 0, null, 0);
    try("too long", (size_t)-1, PROT_READ, MAP_PRIVATE, null, 0);
    return 0;
}
