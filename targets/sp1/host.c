/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* SP1: hint items in, lines and the public values stream out, its digest committed at the end. */
#include <zeroos/commitment.h>
#include <zeroos/target.h>

#define PUBLIC 13 /* the public values stream */
#define NO_ITEM ((size_t)-1)

/* What is left of the input item in hand. */
static struct {
    const uint8_t *data;
    size_t length;
} item;

void zeroos_host_init(void)
{
}

void zeroos_host_write(enum zeroos_stream stream, const void *data, size_t length)
{
    host_write(stream, data, length);
}

void zeroos_host_output(const void *data, size_t length)
{
    zeroos_commit_output(data, length);
    host_write(PUBLIC, data, length);
}

/* The accelerators of SHA-256 take words of 32 bits in slots of 64. */
void zeroos_sha256_blocks(uint32_t hash[8], const unsigned char *data, size_t count)
{
    static uint64_t words[64], state[8];
    for (int i = 0; i < 8; i++)
        state[i] = hash[i];
    for (; count; count--) {
        for (int i = 0; i < 16; i++, data += 4)
            words[i] = (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 | (uint32_t)data[2] << 8 |
                       data[3];
        host_sha256_extend(words, 0);
        host_sha256_compress(words, state);
    }
    for (int i = 0; i < 8; i++)
        hash[i] = (uint32_t)state[i];
}

void zeroos_keccak_f1600(uint64_t state[25])
{
    host_keccak_permute(state, 0);
}

/* Takes the next item that is not empty; false: there is none. The host writes whole words, one
 * more than the item fills, into memory that must be fresh. */
static int next_item(void)
{
    while (item.length == 0) {
        size_t length = host_hint_len();
        if (length == NO_ITEM)
            return 0;
        uint8_t *memory = length < NO_ITEM / 2 ? zeroos_fresh((length / 8 + 1) * 8) : NULL;
        if (!memory)
            zeroos_fail(ZEROOS_MEMORY, "the private input is larger than the memory that is left");
        host_hint_read(memory, length);
        item.data = memory;
        item.length = length;
    }
    return 1;
}

size_t zeroos_host_read(void *data, size_t length)
{
    if (length == 0 || !next_item())
        return 0;
    if (length > item.length)
        length = item.length;
    __builtin_memcpy(data, item.data, length);
    item.data += length;
    item.length -= length;
    return length;
}

/* One item is given as it lies; several are copied together. */
size_t zeroos_host_read_all(const uint8_t **data)
{
    uint8_t *all = NULL;
    size_t total = 0;
    while (next_item()) {
        const uint8_t *piece = item.data;
        size_t length = item.length;
        item.length = 0;
        if (total == 0 && !next_item()) {
            *data = piece;
            return length;
        }
        uint8_t *joined = zeroos_fresh(total + length);
        if (!joined)
            zeroos_fail(ZEROOS_MEMORY, "the private input is larger than the memory that is left");
        __builtin_memcpy(joined, all, total);
        __builtin_memcpy(joined + total, piece, length);
        all = joined;
        total += length;
    }
    *data = all;
    return total;
}

_Noreturn void zeroos_host_exit(int code)
{
    uint32_t room[8];
    const uint32_t *words = zeroos_committed_words(room);
    for (unsigned i = 0; i < 8; i++)
        host_commit(i, words[i]);
    for (unsigned i = 0; i < 8; i++)
        host_commit_deferred_proofs(i, 0);
    host_halt((unsigned)code);
}
