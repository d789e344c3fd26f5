/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zeroos/io.h>

static uint32_t mix(uint32_t hash, const unsigned char *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ data[i]) * 16777619u;
    return hash;
}

/* By `read` in pieces that are no multiple of anything, or as a whole. */
int main(int argc, char **argv)
{
    static unsigned char piece[1021];
    uint32_t hash = 2166136261u;
    size_t total = 0;
    if (argc == 2 && !strcmp(argv[1], "whole")) {
        const uint8_t *data;
        read_input(&data, &total);
        hash = mix(hash, data, total);
    } else {
        for (ssize_t got; (got = read(0, piece, sizeof piece)) > 0; total += (size_t)got)
            hash = mix(hash, piece, (size_t)got);
    }
    printf("%zu bytes, %08x; then %d\n", total, (unsigned)hash, (int)read(0, piece, 1));
    return 0;
}
