/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Positions: 0 stands before ".", 1 before "..", and from 2 on ZEROOS_LAST_SEQUENCE - p is the
 * highest sequence of the names that are left. So a position means the same whatever comes and
 * goes, and names that come later are never shown.
 */
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

struct list {
    char *at, *end;
    struct linux_dirent64 *last;
};

static bool put(struct list *list, uintptr_t number, unsigned mode, const char *name, size_t length,
                long long next)
{
    struct linux_dirent64 *entry = (struct linux_dirent64 *)list->at;
    size_t size = (offsetof(struct linux_dirent64, name) + length + 1 + 7) & ~(size_t)7;
    if (size > (size_t)(list->end - list->at))
        return false;
    entry->ino = number;
    entry->offset = next;
    entry->length = (uint16_t)size;
    entry->type = (uint8_t)((mode & S_IFMT) >> 12);
    memcpy(entry->name, name, length);
    entry->name[length] = 0;
    list->at += size;
    list->last = entry;
    return true;
}

/* The newest name that is left at a position. */
static struct zeroos_entry *first_at(const struct zeroos_inode *directory, unsigned bound)
{
    if (directory->directory.bound == bound)
        return directory->directory.cursor;
    struct zeroos_entry *entry = directory->directory.first;
    while (entry && entry->sequence > bound)
        entry = entry->next;
    return entry;
}

/* Whether all that are left fit. */
static bool put_names(struct list *list, struct zeroos_file *file)
{
    struct zeroos_inode *directory = zeroos_inode_of(file->node);
    unsigned bound = ZEROOS_LAST_SEQUENCE - (unsigned)file->position;
    struct zeroos_entry *entry = first_at(directory, bound);
    while (entry) {
        long long next = ZEROOS_LAST_SEQUENCE - (long long)entry->sequence + 1;
        if (!put(list, (uintptr_t)entry->inode, entry->inode->node.mode, entry->name, entry->length,
                 next))
            break;
        file->position = next;
        entry = entry->next;
    }
    /* From the very start nothing is remembered: names may still come before. */
    if (file->position > 2) {
        directory->directory.bound = ZEROOS_LAST_SEQUENCE - (unsigned)file->position;
        directory->directory.cursor = entry;
    }
    return !entry;
}

/* /proc/self/fd: position 2 + N stands before descriptor N. */
static bool put_descriptors(struct list *list, struct zeroos_file *file)
{
    for (unsigned fd = (unsigned)file->position - 2; fd < zeroos_descriptor_count; fd++) {
        char digits[4];
        unsigned count = 0;
        if (!zeroos_descriptors[fd].file)
            continue;
        for (unsigned rest = fd, unit = 1000; unit; rest %= unit, unit /= 10)
            if (fd >= unit || unit == 1)
                digits[count++] = (char)('0' + rest / unit);
        if (!put(list, (uintptr_t)&zeroos_descriptors[fd], S_IFLNK, digits, count, fd + 3))
            return false;
        file->position = fd + 3;
    }
    return true;
}

long sys_getdents64(int fd, void *buffer, unsigned int count)
{
    struct zeroos_file *file = zeroos_reader_of(fd);
    if (!file)
        return -EBADF;
    if (!zeroos_is_directory(file->node))
        return -ENOTDIR;
    /* As when it lost its last name. */
    if (!zeroos_inode_of(file->node)->links)
        return -ENOENT;
    if (zeroos_range_outside(buffer, count) || (uintptr_t)buffer % 8)
        return -EFAULT;
    struct list list = {buffer, (char *)buffer + count, NULL};
    const struct zeroos_entry *entry = file->entry;
    if (file->position == 0 && put(&list, (uintptr_t)entry->inode, S_IFDIR, ".", 1, 1))
        file->position = 1;
    if (file->position == 1 && put(&list, (uintptr_t)entry->parent->inode, S_IFDIR, "..", 2, 2))
        file->position = 2;
    bool all = file->position >= 2;
    if (all && file->position < ZEROOS_LAST_SEQUENCE)
        all =
            entry->inode == &zeroos_proc_fd ? put_descriptors(&list, file) : put_names(&list, file);
    /* No room for a single name. */
    if (!all && !list.last)
        return -EINVAL;
    return list.at - (char *)buffer;
}
