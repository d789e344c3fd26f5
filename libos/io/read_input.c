/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/input.h>

void read_input(const uint8_t **buffer, size_t *size);

void read_input(const uint8_t **buffer, size_t *size)
{
    static const uint8_t *data;
    static size_t length;
    static bool known;
    if (!known) {
        length = zeroos_input_read_all(&data);
        known = true;
    }
    *buffer = data;
    *size = length;
}
