/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The host wants whole lines, of which one call may hold many. What follows the last newline
 * waits in a buffer; a line that does not fit there gets a larger one.
 */
#include <zeroos/memory.h>
#include <zeroos/vfs.h>

#define FIRST_SIZE 256

static char first_buffers[2][FIRST_SIZE];
static struct line {
    char *data;
    size_t length, size;
} lines[2] = {{first_buffers[0], 0, FIRST_SIZE}, {first_buffers[1], 0, FIRST_SIZE}};

static void hand_over(enum zeroos_stream stream, struct line *line)
{
    if (line->length)
        zeroos_host_write(stream, line->data, line->length);
    line->length = 0;
}

void zeroos_flush(void)
{
    hand_over(ZEROOS_STDOUT, &lines[0]);
    hand_over(ZEROOS_STDERR, &lines[1]);
}

static void keep(enum zeroos_stream stream, struct line *line, const char *data, size_t length)
{
    if (length > line->size - line->length) {
        size_t size = zeroos_page_up(2 * (line->length + length));
        char *larger = zeroos_fresh(size);
        if (!larger) {
            /* Memory is full: a broken line is better than a lost one. */
            hand_over(stream, line);
            zeroos_host_write(stream, data, length);
            return;
        }
        memcpy(larger, line->data, line->length);
        line->data = larger;
        line->size = size;
    }
    memcpy(line->data + line->length, data, length);
    line->length += length;
}

void zeroos_console_write(enum zeroos_stream stream, const void *data, size_t length)
{
    struct line *line = &lines[stream - ZEROOS_STDOUT];
    const char *bytes = data;
    size_t whole = length;
    while (whole && bytes[whole - 1] != '\n')
        whole--;
    if (whole) {
        if (line->length) {
            /* The line that waits goes with its end. */
            size_t first = 0;
            while (bytes[first++] != '\n')
                ;
            keep(stream, line, bytes, first);
            hand_over(stream, line);
            bytes += first;
            whole -= first;
            length -= first;
        }
        if (whole)
            zeroos_host_write(stream, bytes, whole);
    }
    if (length > whole)
        keep(stream, line, bytes + whole, length - whole);
}
