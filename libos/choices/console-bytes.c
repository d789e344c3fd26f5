/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The host takes bytes as they come. */
#include <zeroos/vfs.h>

void zeroos_console_write(enum zeroos_stream stream, const void *data, size_t length)
{
    zeroos_host_write(stream, data, length);
}
