/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* RISC Zero: descriptors of the stock kernel, and the digest of the journal at the end. */
#include <zeroos/host.h>
#include <zeroos/target.h>

#define INPUT 0
#define JOURNAL 3

static struct zeroos_sha256 journal;
/* Set by the first output: without any, no code for hashing is linked. Not static, or compilers
 * would see its one value and call that. */
void (*zeroos_end_journal)(unsigned char digest[32]);

void zeroos_host_init(void)
{
}

void zeroos_host_write(enum zeroos_stream stream, const void *data, size_t length)
{
    host_write(stream, data, length);
}

size_t zeroos_host_read(void *data, size_t length)
{
    return host_read(data, length, INPUT);
}

/* The accelerator takes whole words, and keeps the state as a digest has it. */
void zeroos_sha256_blocks(uint32_t hash[8], const unsigned char *data, size_t count)
{
    uint32_t state[8], block[16];
    for (int i = 0; i < 8; i++)
        state[i] = __builtin_bswap32(hash[i]);
    if ((uintptr_t)data % sizeof(uint32_t) == 0)
        host_sha256_blocks(state, state, data, data + 32, count);
    else
        for (; count; count--, data += sizeof block) {
            __builtin_memcpy(block, data, sizeof block);
            host_sha256_blocks(state, state, block, block + 8, 1);
        }
    for (int i = 0; i < 8; i++)
        hash[i] = __builtin_bswap32(state[i]);
}

/* A digest as RISC Zero tags it: SHA-256 of the tag "risc0.Output" and two digests, that of the
 * journal and, as there are no assumptions, zeros; then their number. */
static void end_journal(unsigned char digest[32])
{
    static const uint32_t tag[8] = {
        0xb3feea77, 0x478ba766, 0xd7e07d74, 0x846217bb,
        0x56f55f08, 0x9a008748, 0xa33de65b, 0xd459352d,
    };
    static const unsigned char rest[34] = {[32] = 2};
    struct zeroos_sha256 whole = {0};
    zeroos_sha256_end(&journal, digest);
    zeroos_sha256_add(&whole, tag, sizeof tag);
    zeroos_sha256_add(&whole, digest, 32);
    zeroos_sha256_add(&whole, rest, sizeof rest);
    zeroos_sha256_end(&whole, digest);
}

void zeroos_host_output(const void *data, size_t length)
{
    zeroos_end_journal = end_journal;
    zeroos_sha256_add(&journal, data, length);
    host_write(JOURNAL, data, length);
}

_Noreturn void zeroos_host_exit(int code)
{
    /* What an empty journal gives. */
    static const uint32_t nothing[8] = {
        0x5c176f83, 0x53f3c062, 0x42651683, 0x340b8b7e,
        0x19d2d1f6, 0xae4d7602, 0xb8c606b4, 0xb075b53d,
    };
    uint32_t digest[8];
    const uint32_t *output = nothing;
    if (zeroos_end_journal) {
        zeroos_end_journal((unsigned char *)digest);
        output = digest;
    }
    host_halt((unsigned)code, output);
}
