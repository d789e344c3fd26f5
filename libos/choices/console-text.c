/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The host wants whole lines of UTF-8, and ends the run at anything else. A byte that belongs to
 * no character becomes U+FFFD, the replacement character.
 */
#include <zeroos/vfs.h>

static void pass_text(enum zeroos_stream stream, const void *data, size_t length);

#define zeroos_host_write pass_text
#include "console-line.c"
#undef zeroos_host_write

/* Bytes of the character that begins here, 0 if none does: Unicode 16, table 3-7. */
static size_t character(const unsigned char *bytes, size_t left)
{
    unsigned first = bytes[0];
    if (first < 0x80)
        return 1;
    size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || size > left)
        return 0;
    unsigned low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    unsigned high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (bytes[1] < low || bytes[1] > high)
        return 0;
    for (size_t i = 2; i < size; i++)
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
    return size;
}

static void pass_text(enum zeroos_stream stream, const void *data, size_t length)
{
    const unsigned char *start = data, *at = start, *end = start + length;
    while (at != end) {
        size_t size = character(at, (size_t)(end - at));
        if (size) {
            at += size;
            continue;
        }
        if (at != start)
            zeroos_host_write(stream, start, (size_t)(at - start));
        zeroos_host_write(stream, "\xef\xbf\xbd", 3);
        start = ++at;
    }
    if (at != start)
        zeroos_host_write(stream, start, (size_t)(at - start));
}
