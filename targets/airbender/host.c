/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Airbender: data copied out of the ROM, words in, packets out, a digest in registers at the end.
 */
#include <zeroos/host.h>
#include <zeroos/target.h>

#define PACKET 0xffffffffu

extern unsigned char zeroos_data_start[], zeroos_data_load[], zeroos_data_file_size[];

/* Which stream packets belong to, for executors that tell them apart. */
volatile unsigned zeroos_uart_stream;

static int started;
static struct zeroos_sha256 public_state;
/* Set by the first output: without any, no code for hashing is linked. Not static, or compilers
 * would see its one value and call that. */
void (*zeroos_end_hash)(struct zeroos_sha256 *state, unsigned char digest[32]);

/* What is left of the input, and of the word of it in hand. */
static struct {
    uint64_t left;
    uint32_t word;
    int begun;
    unsigned bytes;
} input;

/* A call through a null pointer starts the program once more, in memory that is no longer empty. */
void zeroos_host_init(void)
{
    if (started)
        host_fail();
    started = 1;
    __builtin_memcpy(zeroos_data_start, zeroos_data_load, (size_t)zeroos_data_file_size);
}

void zeroos_host_write(enum zeroos_stream stream, const void *data, size_t length)
{
    const unsigned char *bytes = data;
    zeroos_uart_stream = stream;
    host_write_word(PACKET);
    host_write_word((unsigned)((length + 3) / 4 + 1));
    host_write_word((unsigned)length);
    for (; length; bytes += 4) {
        uint32_t word = 0;
        size_t some = length < 4 ? length : 4;
        __builtin_memcpy(&word, bytes, some);
        host_write_word(word);
        length -= some;
    }
}

void zeroos_host_output(const void *data, size_t length)
{
    zeroos_end_hash = zeroos_sha256_end;
    zeroos_sha256_add(&public_state, data, length);
}

/* The input begins with 64 bits of its length; whole words follow. */
size_t zeroos_host_read(void *data, size_t length)
{
    unsigned char *to = data, *end;
    if (!input.begun) {
        input.begun = 1;
        input.left = (uint32_t)host_read_word();
        input.left |= (uint64_t)host_read_word() << 32;
    }
    if (length > input.left)
        length = (size_t)input.left;
    input.left -= length;
    for (end = to + length; to != end; input.word >>= 8, input.bytes--) {
        if (input.bytes == 0) {
            for (; end - to >= 4 && (uintptr_t)to % 4 == 0; to += 4)
                *(uint32_t *)(void *)to = (uint32_t)host_read_word();
            if (to == end)
                break;
            input.word = (uint32_t)host_read_word();
            input.bytes = 4;
        }
        *to++ = (unsigned char)input.word;
    }
    return length;
}

_Noreturn void zeroos_host_exit(int code)
{
    /* SHA-256 of nothing, in words of this machine's byte order. */
    static const uint32_t nothing[8] = {
        0x42c4b0e3, 0x141cfc98, 0xc8f4fb9a, 0x24b96f99,
        0xe441ae27, 0x4c939b64, 0x1b9995a4, 0x55b85278,
    };
    uint32_t digest[8];
    const uint32_t *w = nothing;
    if (code)
        host_fail();
    if (zeroos_end_hash) {
        zeroos_end_hash(&public_state, (unsigned char *)digest);
        w = digest;
    }
    host_finish(w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]);
}
