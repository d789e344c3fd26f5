/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/libos.h>

void write_output(const uint8_t *data, size_t size);

void write_output(const uint8_t *data, size_t size)
{
    zeroos_host_output(data, size);
}
