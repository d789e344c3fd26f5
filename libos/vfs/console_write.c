/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Standard output and error; pulled in by the calls that write. */
#include <zeroos/vfs.h>

long zeroos_write_console(struct zeroos_file *file, const void *buffer, size_t size,
                          uintptr_t site);

long zeroos_write_console(struct zeroos_file *file, const void *buffer, size_t size, uintptr_t site)
{
    (void)site;
    zeroos_console_write((enum zeroos_stream)file->node->device, buffer, size);
    return (long)size;
}
