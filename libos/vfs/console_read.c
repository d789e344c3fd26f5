/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Standard input; pulled in by the calls that read. */
#include <zeroos/vfs.h>

long zeroos_stdin_read(struct zeroos_file *file, void *buffer, size_t size);

long zeroos_stdin_read(struct zeroos_file *file, void *buffer, size_t size)
{
    (void)file;
    return (long)zeroos_host_read(buffer, size);
}
