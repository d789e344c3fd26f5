/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The descriptors that a program starts with. As under a shell that pipes, all three are ends of
 * pipes: they are no terminals and cannot be positioned. */
#include <zeroos/vfs.h>

long zeroos_stdin_read(struct zeroos_file *, void *, size_t, uintptr_t) ZEROOS_WEAK;
long zeroos_stdout_write(struct zeroos_file *, const void *, size_t, uintptr_t) ZEROOS_WEAK;
long zeroos_stderr_write(struct zeroos_file *, const void *, size_t, uintptr_t) ZEROOS_WEAK;

static const struct zeroos_operations operations[3] = {
    {.read = zeroos_stdin_read},
    {.write = zeroos_stdout_write},
    {.write = zeroos_stderr_write},
};

struct zeroos_node zeroos_console[3] = {
    {&operations[0], S_IFIFO | 0600, 0},
    {&operations[1], S_IFIFO | 0600, 0},
    {&operations[2], S_IFIFO | 0600, 0},
};

static struct zeroos_file files[3] = {
    {&zeroos_console[0], O_RDONLY | ZEROOS_MAY_READ, 1, NULL, 0},
    {&zeroos_console[1], O_WRONLY | ZEROOS_MAY_WRITE, 1, NULL, 0},
    {&zeroos_console[2], O_WRONLY | ZEROOS_MAY_WRITE, 1, NULL, 0},
};

static struct zeroos_descriptor first[3] = {{&files[0], 0}, {&files[1], 0}, {&files[2], 0}};
struct zeroos_descriptor *zeroos_descriptors = first;
unsigned zeroos_descriptor_count = 3;

bool zeroos_is_open(int fd)
{
    return zeroos_file_of(fd) != NULL;
}
