/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Pico: one input item, lines of text and the public values stream out, its digest at the end. */
#include <zeroos/commitment.h>
#include <zeroos/target.h>

#define PUBLIC 3 /* the public values stream */

/* What is left of the input item. */
static struct {
    const uint8_t *data;
    size_t length;
    int taken;
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

/* The host fails when it is asked for an item and has none, so there is exactly one. It writes
 * whole words into memory that must be fresh. */
static void take_item(void)
{
    if (item.taken)
        return;
    item.taken = 1;
    size_t length = host_hint_len();
    if (length == 0)
        return;
    uint8_t *memory = zeroos_fresh((length / 4 + 1) * 4);
    if (!memory)
        zeroos_fail(ZEROOS_MEMORY, "the private input is larger than the memory that is left");
    host_hint_read(memory, length);
    item.data = memory;
    item.length = length;
}

size_t zeroos_host_read(void *data, size_t length)
{
    take_item();
    if (length > item.length)
        length = item.length;
    __builtin_memcpy(data, item.data, length);
    item.data += length;
    item.length -= length;
    return length;
}

size_t zeroos_host_read_all(const uint8_t **data)
{
    take_item();
    size_t length = item.length;
    *data = item.data;
    item.length = 0;
    return length;
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
