/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Standard output and error; pulled in by the calls that write. */
#include <zeroos/vfs.h>

long zeroos_stdout_write(struct zeroos_file *file, const void *buffer, size_t size, uintptr_t site);
long zeroos_stderr_write(struct zeroos_file *file, const void *buffer, size_t size, uintptr_t site);

long zeroos_stdout_write(struct zeroos_file *file, const void *buffer, size_t size, uintptr_t site)
{
    (void)file, (void)site;
    zeroos_console_write(ZEROOS_STDOUT, buffer, size);
    return (long)size;
}

long zeroos_stderr_write(struct zeroos_file *file, const void *buffer, size_t size, uintptr_t site)
{
    (void)file, (void)site;
    zeroos_console_write(ZEROOS_STDERR, buffer, size);
    return (long)size;
}
