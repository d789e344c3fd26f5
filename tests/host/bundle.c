/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Drives libos/io/bundle.c: archives from stdin, each behind the parts that it may have and its
 * size (two 32-bit numbers), one line for each. An archive lies in a block of exactly its size, so
 * that the sanitizer sees a read behind it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zeroos/bundle.h>

static unsigned long touched;
static unsigned files;

static void touch(struct zeroos_span span)
{
    for (size_t i = 0; i < span.size; i++)
        touched += span.data[i];
}

static const char *add(const char *path, unsigned mode, struct zeroos_span data)
{
    touched += strlen(path) + mode;
    touch(data);
    files++;
    return path[0] == '/' ? NULL : "the path has no slash";
}

static void try(unsigned allow, const uint8_t *data, size_t size)
{
    struct zeroos_bundle bundle = {.allow = allow, .add = allow & ZEROOS_BUNDLE_FILES ? add : NULL};
    files = 0;
    const char *wrong = zeroos_bundle_read(&bundle, data, size);
    touch(bundle.args), touch(bundle.env), touch(bundle.input), touch(bundle.entry);
    if (wrong)
        printf("%s\n", wrong);
    else
        printf("ok %zu %zu %zu %u\n", bundle.args.size, bundle.env.size, bundle.input.size, files);
}

int main(void)
{
    uint32_t head[2];
    while (fread(head, sizeof head, 1, stdin) == 1) {
        uint8_t *data = malloc(head[1] ? head[1] : 1);
        if (!data || fread(data, 1, head[1], stdin) != head[1])
            return 2;
        try(head[0], head[1] ? data : data + 1, head[1]);
        free(data);
    }
    return touched == 1; /* so that no read is left out */
}
