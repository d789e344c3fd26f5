/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

long sys_getcwd(char *buffer, unsigned long size)
{
    const struct zeroos_entry *entry = zeroos_cwd;
    size_t length = 0;
    if (!entry->inode->links)
        return -ENOENT;
    for (const struct zeroos_entry *e = entry; e != e->parent; e = e->parent)
        length += e->length + 1u;
    length += length ? 1 : 2;
    if (length > PATH_MAX)
        return -ENAMETOOLONG;
    if (length > size)
        return -ERANGE;
    if (zeroos_range_outside(buffer, length))
        return -EFAULT;
    (void)zeroos_path(entry, buffer, length);
    buffer[length - 1] = 0;
    return (long)length;
}
