/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The descriptors that a program starts with. As under a shell that pipes, all three are ends of
 * pipes: they are no terminals and cannot be positioned. */
#include <zeroos/vfs.h>

long zeroos_read_console(struct zeroos_file *, void *, size_t, uintptr_t) ZEROOS_WEAK;
long zeroos_write_console(struct zeroos_file *, const void *, size_t, uintptr_t) ZEROOS_WEAK;

static const struct zeroos_operations operations = {
    .read = zeroos_read_console,
    .write = zeroos_write_console,
};

struct zeroos_node zeroos_console[3] = {
    {&operations, S_IFIFO | 0600, 0},
    {&operations, S_IFIFO | 0600, ZEROOS_STDOUT},
    {&operations, S_IFIFO | 0600, ZEROOS_STDERR},
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
