/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ZisK: one record of input, a UART, 256 bytes of public output. */
#include <zeroos/host.h>
#include <zeroos/target.h>

/* Which stream the UART's bytes belong to, for executors that tell them apart. */
volatile unsigned zeroos_uart_stream = ZEROOS_STDOUT;

static size_t taken, written;

void zeroos_host_init(void)
{
}

void zeroos_host_write(enum zeroos_stream stream, const void *data, size_t length)
{
    const unsigned char *bytes = data, *end = bytes + length;
    zeroos_uart_stream = stream;
    while (bytes != end)
        host_uart_putc(*bytes++);
}

/* Public output is never lost silently: what does not fit fails the run. */
void zeroos_host_output(const void *data, size_t length)
{
    if (length > HOST_PUBLIC_SIZE - written)
        zeroos_fail(ZEROOS_HALT,
                    "the public output is larger than the 256 bytes that ZisK publishes");
    __builtin_memcpy(HOST_PUBLIC + written, data, length);
    written += length;
}

/* The record's length; where the host gave no input, the machine reads 0 there. */
static size_t left(void)
{
    size_t length = *(const uint64_t *)HOST_INPUT;
    if (length > HOST_INPUT_SIZE - sizeof(uint64_t))
        zeroos_fail(ZEROOS_HALT,
                    "the private input is no record of 64 bits of length and its bytes");
    return length - taken;
}

size_t zeroos_host_read_all(const uint8_t **data)
{
    size_t length = left();
    *data = HOST_INPUT + sizeof(uint64_t) + taken;
    taken += length;
    return length;
}

size_t zeroos_host_read(void *data, size_t length)
{
    size_t rest = left();
    if (length > rest)
        length = rest;
    __builtin_memcpy(data, HOST_INPUT + sizeof(uint64_t) + taken, length);
    taken += length;
    return length;
}

_Noreturn void zeroos_host_exit(int code)
{
    host_exit((unsigned)code);
}
