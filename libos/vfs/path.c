/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/tree.h>

/* From the end to the front, since an entry knows what is above it. */
long zeroos_path(const struct zeroos_entry *entry, char *buffer, size_t room)
{
    static const char deleted[] = " (deleted)";
    size_t size = 0;
    bool gone = !entry->link && entry != &zeroos_root;
    for (const struct zeroos_entry *e = entry; e != e->parent; e = e->parent)
        size += e->length + 1u;
    size_t all = (size ? size : 1) + (gone ? sizeof deleted - 1 : 0);
    if (all > room)
        return -ENAMETOOLONG;
    *buffer = '/';
    if (gone)
        memcpy(buffer + size, deleted, sizeof deleted - 1);
    for (char *at = buffer + size; entry != entry->parent; entry = entry->parent) {
        at -= entry->length;
        memcpy(at, entry->name, entry->length);
        *--at = '/';
    }
    return (long)all;
}
