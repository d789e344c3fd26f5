/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* New open files and places for descriptors. */
#include <zeroos/memory.h>
#include <zeroos/vfs.h>

static struct zeroos_pool pool = {.size = (sizeof(struct zeroos_file) + 15) / 16 * 16};

struct zeroos_file *zeroos_new_file(struct zeroos_node *node, unsigned flags)
{
    struct zeroos_file *file = zeroos_pool_take(&pool);
    if (!file)
        return NULL;
    /* What openat itself uses up makes place for what the file may do. */
    unsigned mode = flags & O_ACCMODE;
    flags &= ~(unsigned)(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC);
    if (!(flags & O_PATH))
        flags |= mode == O_RDONLY ? ZEROOS_MAY_READ
               : mode == O_WRONLY ? ZEROOS_MAY_WRITE
               : mode == O_RDWR   ? ZEROOS_MAY_READ | ZEROOS_MAY_WRITE
                                  : 0u;
    *file = (struct zeroos_file){node, flags, 1, NULL, 0};
    return file;
}

long zeroos_open_node(struct zeroos_node *node, unsigned flags)
{
    struct zeroos_file *file = zeroos_new_file(node, flags);
    if (!file)
        return -ENOMEM;
    long fd = zeroos_install(file, 0, zeroos_descriptor_flags(flags));
    file->references--;
    if (fd < 0)
        zeroos_pool_give(&pool, file);
    return fd;
}

void zeroos_release(struct zeroos_file *file)
{
    if (--file->references)
        return;
    const struct zeroos_more *more = file->node->operations->more;
    if (more && more->release)
        more->release(file);
    zeroos_pool_give(&pool, file);
}

bool zeroos_grow_descriptors(unsigned fd)
{
    /* One page holds 256 places and is all that most programs need; the old table is lost. */
    unsigned count = fd < 256 ? 256 : ZEROOS_MAX_FILES;
    if (fd < zeroos_descriptor_count)
        return true;
    struct zeroos_descriptor *table = zeroos_fresh(count * sizeof *table);
    if (!table)
        return false;
    memcpy(table, zeroos_descriptors, zeroos_descriptor_count * sizeof *table);
    zeroos_descriptors = table;
    zeroos_descriptor_count = count;
    return true;
}

long zeroos_install(struct zeroos_file *file, unsigned least, unsigned flags)
{
    unsigned fd = least;
    while (fd < zeroos_descriptor_count && zeroos_descriptors[fd].file)
        fd++;
    if (fd >= ZEROOS_MAX_FILES)
        return -EMFILE;
    if (!zeroos_grow_descriptors(fd))
        return -ENOMEM;
    file->references++;
    zeroos_descriptors[fd] = (struct zeroos_descriptor){file, flags};
    return (long)fd;
}
