/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ZisK: one record of input, a UART, 256 bytes of public output. */
#include <zeroos/target.h>

#include <zeroos/record.h>

/* Which stream the UART's bytes belong to, for executors that tell them apart. */
volatile unsigned zeroos_uart_stream = ZEROOS_STDOUT;

static size_t written;

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

/* The accelerators want addresses that are multiples of 8. */
void zeroos_sha256_blocks(uint32_t hash[8], const unsigned char *data, size_t count)
{
    uint64_t state[4], block[8];
    __builtin_memcpy(state, hash, sizeof state);
    for (; count; count--, data += sizeof block) {
        const void *aligned = data;
        if ((uintptr_t)data % sizeof block[0])
            aligned = __builtin_memcpy(block, data, sizeof block);
        host_sha256_compress(state, aligned);
    }
    __builtin_memcpy(hash, state, sizeof state);
}

void zeroos_keccak_f1600(uint64_t state[25])
{
    host_keccak_permute(state);
}

_Noreturn void zeroos_host_exit(int code)
{
    host_exit((unsigned)code);
}
