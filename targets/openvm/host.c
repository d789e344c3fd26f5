/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* OpenVM: one input item, text out, the SHA-256 of the public output revealed at the end. */
#include <zeroos/commitment.h>
#include <zeroos/target.h>

#define WORD sizeof(size_t) /* of a hint and of the public values: the registers' */
#define MOST_WORDS 1023     /* of one hint_buffer */

_Noreturn void zeroos_terminate(unsigned code);

/* Which stream is printed to, for executors that tell them apart. */
volatile unsigned zeroos_print_stream = ZEROOS_STDOUT;

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
    zeroos_print_stream = stream;
    host_print(data, length);
}

void zeroos_host_output(const void *data, size_t length)
{
    zeroos_commit_output(data, length);
}

/* The item comes in words, the first of which is its length in bytes. */
static void take_item(void)
{
    if (item.taken)
        return;
    item.taken = 1;
    host_hint_input();
    host_hint_buffer(&item.length, 1);
    size_t words = item.length / WORD + (item.length % WORD != 0);
    uint8_t *memory = words ? zeroos_fresh(words * WORD) : NULL;
    if (words && !memory)
        zeroos_fail(ZEROOS_MEMORY, "the private input is larger than the memory that is left");
    item.data = memory;
    while (words) {
        size_t some = words < MOST_WORDS ? words : MOST_WORDS;
        host_hint_buffer(memory, some);
        memory += some * WORD;
        words -= some;
    }
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
    for (unsigned at = 0; at < 8 * sizeof *words; at += WORD) {
        size_t word;
        __builtin_memcpy(&word, (const char *)words + at, WORD);
        host_reveal(at, word);
    }
    zeroos_terminate((unsigned)code);
}
