// SPDX-License-Identifier: MIT OR Apache-2.0
// The C part of a Rust program: it calls back, allocates, prints and makes a system call.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *part_join(const char *const *words, size_t count, uint64_t (*measure)(const char *));

char *part_join(const char *const *words, size_t count, uint64_t (*measure)(const char *))
{
    uint64_t size = 1;
    for (size_t i = 0; i < count; i++)
        size += measure(words[i]) + 1;
    char *joined = malloc(size);
    if (!joined)
        return NULL;
    char *end = joined;
    for (size_t i = 0; i < count; i++)
        end += sprintf(end, "%s%s", i ? "-" : "", words[i]);
    printf("C: %zu words, %g\n", count, 0.5 * (double)size);
    fflush(stdout);
    if (write(1, "C: written\n", 11) != 11)
        abort();
    return joined;
}
