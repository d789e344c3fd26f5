/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/input.h>

bool zeroos_input_exactly(void *data, size_t length)
{
    char *at = data;
    while (length) {
        size_t got = zeroos_input_read(at, length);
        if (got == 0)
            return false;
        at += got;
        length -= got;
    }
    return true;
}
