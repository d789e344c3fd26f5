/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A file in memory: from an offset, up to its end, and what is written there stays there. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096, SIZE = 3 * PAGE + 100 };

static void *map(const char *what, size_t length, int prot, int flags, int fd, off_t offset)
{
    char *at = mmap(NULL, length, prot, flags, fd, offset);
    printf("%s: %s\n", what, at == MAP_FAILED ? strerror(errno) : "mapped");
    return at;
}

static unsigned sum(const char *bytes, size_t size)
{
    unsigned total = 0;
    while (size--)
        total = total * 31 + (unsigned char)*bytes++;
    return total;
}

int main(void)
{
    static char bytes[SIZE];
    int both = PROT_READ | PROT_WRITE;
    for (int i = 0; i < SIZE; i++)
        bytes[i] = (char)(i * 7 + i / 256);
    int fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
    printf("%zd\n", write(fd, bytes, SIZE));
    char *all = map("all", SIZE, both, MAP_PRIVATE, fd, 0);
    printf("%d %d %d\n", !memcmp(all, bytes, SIZE), all[SIZE], all[4 * PAGE - 1]);
    char *end = map("the end", 2 * PAGE, PROT_READ, MAP_PRIVATE, fd, 2 * PAGE);
    printf("%d %d\n", !memcmp(end, bytes + 2 * PAGE, PAGE + 100), end[PAGE + 100]);
    memset(all, 1, PAGE);
    printf("%d\n", pread(fd, bytes, PAGE, 0) == PAGE && bytes[1] == 7);
    printf("position %ld\n", (long)lseek(fd, 0, SEEK_CUR));
    char *shared = map("to be read by all", SIZE, PROT_READ, MAP_SHARED, fd, 0);
    printf("%d\n", sum(shared, SIZE) == sum(bytes, SIZE));
    char *place = map("place", 4 * PAGE, both, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(place, 3, 4 * PAGE);
    char *fixed = mmap(place + PAGE, 200, both, MAP_PRIVATE | MAP_FIXED, fd, 3 * PAGE);
    printf("%d %d %d %d\n", fixed == place + PAGE, !memcmp(fixed, bytes + 3 * PAGE, 100),
           fixed[100], fixed[PAGE]);
    close(fd);
    unlink("file");
    printf("%d\n", sum(end, PAGE + 100) == sum(bytes + 2 * PAGE, PAGE + 100));
    int memory = memfd_create("memory", 0);
    printf("%zd\n", write(memory, "abc", 3));
    char *copy = map("memory", 3, PROT_READ, MAP_PRIVATE, memory, 0);
    printf("%s\n", copy);
    map("length", 0, PROT_READ, MAP_PRIVATE, memory, 0);
    map("closed", PAGE, PROT_READ, MAP_PRIVATE, 77, 0);
    map("directory", PAGE, PROT_READ, MAP_PRIVATE, open(".", O_RDONLY), 0);
    map("only a place", PAGE, PROT_READ, MAP_PRIVATE, open(".", O_PATH), 0);
    fd = open("other", O_WRONLY | O_CREAT, 0600);
    map("only to be written", PAGE, PROT_READ, MAP_PRIVATE, fd, 0);
    fd = open("other", O_RDONLY);
    map("only to be read", PAGE, both, MAP_SHARED, fd, 0);
    map("a copy of it", PAGE, both, MAP_PRIVATE, fd, 0);
    unlink("other");
    return 0;
}
