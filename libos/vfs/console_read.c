/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Standard input; pulled in by the calls that read. */
#include <zeroos/input.h>
#include <zeroos/vfs.h>

long zeroos_read_console(struct zeroos_file *file, void *buffer, size_t size, uintptr_t site);

long zeroos_read_console(struct zeroos_file *file, void *buffer, size_t size, uintptr_t site)
{
    (void)file, (void)site;
    return (long)zeroos_input_read(buffer, size);
}
