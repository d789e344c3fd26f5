/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* For targets that hand input over by copying: a buffer that doubles. */
#include <zeroos/libos.h>

#define FIRST ((size_t)64 * 1024)

static uint8_t *room(size_t size)
{
    uint8_t *memory = zeroos_fresh(size);
    if (!memory)
        zeroos_fail(ZEROOS_MEMORY, "the private input is larger than the memory that is left");
    return memory;
}

ZEROOS_WEAK size_t zeroos_host_read_all(const uint8_t **data)
{
    size_t size = FIRST, length = 0, got;
    uint8_t *buffer = room(size);
    while ((got = zeroos_host_read(buffer + length, size - length)) != 0) {
        length += got;
        if (length == size) {
            uint8_t *larger = room(2 * size);
            memcpy(larger, buffer, length);
            buffer = larger;
            size *= 2;
        }
    }
    *data = buffer;
    return length;
}
