/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Nexus: bytes in, text out, public words by instructions, the exit code put down beside them. */
#include <zeroos/host.h>
#include <zeroos/target.h>

/* The word that says where exit code and public output lie, one after the other. */
#define PUBLIC_BASE (*(const volatile uint32_t *)0x84)

extern unsigned char zeroos_heap_start[], zeroos_heap_end[];

/* Which stream is printed to, for executors that tell them apart. */
volatile unsigned zeroos_print_stream = ZEROOS_STDOUT;

static struct {
    size_t offset;
    uint32_t word;
    unsigned bytes;
} output;

void zeroos_host_init(void)
{
    if (host_heap_base() != 0)
        zeroos_fail(ZEROOS_HALT, "the second pass of Nexus has its heap elsewhere");
    host_announce(zeroos_heap_start, (size_t)(zeroos_heap_end - zeroos_heap_start));
}

void zeroos_host_write(enum zeroos_stream stream, const void *data, size_t length)
{
    zeroos_print_stream = stream;
    host_write(data, length);
}

static void put_word(void)
{
    host_public_word(PUBLIC_BASE + 4 + output.offset, output.word);
    output.offset += 4;
    output.word = output.bytes = 0;
}

void zeroos_host_output(const void *data, size_t length)
{
    for (const unsigned char *bytes = data; length; length--) {
        output.word |= (uint32_t)*bytes++ << (8 * output.bytes++);
        if (output.bytes == 4)
            put_word();
    }
}

size_t zeroos_host_read(void *data, size_t length)
{
    unsigned char *bytes = data;
    size_t done = 0;
    for (long byte; done < length && (byte = host_read_byte()) >= 0; done++)
        bytes[done] = (unsigned char)byte;
    return done;
}

_Noreturn void zeroos_host_exit(int code)
{
    if (output.bytes)
        put_word();
    host_public_word(PUBLIC_BASE, (unsigned)code);
    host_exit((unsigned)code);
}
