/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * From a path to what it leads to. A link's text takes the place of its name in front of the rest
 * of the path, in a buffer that holds the two at its end; nothing calls itself.
 */
#include <zeroos/memory.h>
#include <zeroos/tree.h>

enum { MOST_LINKS = 40, BUFFER = 2 * PATH_MAX };

/* The length of a path, or what is wrong with it. */
static long measure(const char *path)
{
    for (const char *end = path; end - path < PATH_MAX; end++) {
        if (zeroos_outside(end, 1))
            return -EFAULT;
        if (!*end)
            return end - path;
    }
    return -ENAMETOOLONG;
}

static long start(int directory, const char *path, struct zeroos_entry **entry)
{
    *entry = &zeroos_root;
    if (*path == '/')
        return 0;
    *entry = zeroos_cwd;
    if (directory == AT_FDCWD)
        return 0;
    const struct zeroos_file *file = zeroos_file_of(directory);
    if (!file)
        return -EBADF;
    *entry = file->entry;
    return zeroos_is_directory(file->node) && file->entry ? 0 : -ENOTDIR;
}

/* The link's text, then what is left of the path, which is nothing or begins with a `/`. */
static long splice(const struct zeroos_inode *inode, const char **path, unsigned how)
{
    static char *buffers[2];
    char **buffer = &buffers[(how & ZEROOS_SECOND) != 0], *end;
    size_t length = 0, size = inode->link.length;
    while ((*path)[length])
        length++;
    if (!*buffer && !(*buffer = zeroos_block_take(BUFFER)))
        return -ENOMEM;
    end = *buffer + BUFFER - 1 - length;
    memmove(end, *path, length + 1);
    size_t room = (size_t)(end - *buffer);
    const char *text = inode->link.target;
    if (inode->link.make) {
        size = inode->link.make(*buffer, room);
        text = *buffer;
    }
    if (size > room)
        return -ENAMETOOLONG;
    memmove(end - size, text, size);
    *path = end - size;
    return 0;
}

/* The descriptor that a name in /proc/self/fd stands for, or NULL. */
static struct zeroos_file *numbered(const char *name, unsigned length)
{
    int fd = 0;
    if (length > 4 || (*name == '0' && length > 1))
        return NULL;
    for (; length; length--, name++) {
        if (*name < '0' || *name > '9')
            return NULL;
        fd = 10 * fd + *name - '0';
    }
    return zeroos_file_of(fd);
}

static uint8_t kind_of(const struct zeroos_walk *walk)
{
    if (walk->name[0] != '.' || walk->length > 2)
        return ZEROOS_NAME;
    if (walk->length == 1)
        return ZEROOS_DOT;
    return walk->name[1] == '.' ? ZEROOS_DOT_DOT : ZEROOS_NAME;
}

/* One step: from `entry`, a directory, by the name of the walk. */
static void step(struct zeroos_entry *entry, struct zeroos_walk *walk)
{
    walk->file = NULL;
    walk->directory = entry;
    walk->node = &entry->inode->node;
    walk->entry = entry;
    if (walk->last == ZEROOS_DOT)
        return;
    if (walk->last == ZEROOS_DOT_DOT) {
        walk->entry = entry->parent;
        walk->node = &walk->entry->inode->node;
        return;
    }
    if (entry->inode == &zeroos_proc_fd) {
        walk->entry = NULL;
        walk->file = numbered(walk->name, walk->length);
        walk->node = walk->file ? walk->file->node : NULL;
        return;
    }
    walk->hash = zeroos_hash(walk->name, walk->length);
    walk->entry = zeroos_find(entry->inode, walk->name, walk->length, walk->hash);
    walk->node = walk->entry ? &walk->entry->inode->node : NULL;
}

long zeroos_walk(int directory, const char *path, unsigned how, struct zeroos_walk *walk)
{
    unsigned links = 0;
    long problem = measure(path);
    if (problem < 0)
        return problem;
    memset(walk, 0, sizeof *walk);
    walk->last = ZEROOS_ROOT;
    if (problem == 0) {
        if (!(how & ZEROOS_EMPTY))
            return -ENOENT;
        walk->last = ZEROOS_DOT;
        if (directory != AT_FDCWD) {
            walk->file = zeroos_file_of(directory);
            if (!walk->file)
                return -EBADF;
            walk->node = walk->file->node;
            walk->entry = walk->file->entry;
            return 0;
        }
    }
    struct zeroos_entry *entry;
    problem = start(directory, path, &entry);
    if (problem)
        return problem;
    walk->directory = walk->entry = entry;
    walk->node = &entry->inode->node;
    for (;;) {
        while (*path == '/')
            path++;
        if (!*path)
            return 0;
        walk->name = path;
        while (*path && *path != '/')
            path++;
        if (!walk->entry || !zeroos_is_directory(walk->node))
            return -ENOTDIR;
        const char *rest = path;
        while (*rest == '/')
            rest++;
        bool last = !*rest;
        walk->slash = last && rest != path;
        walk->length = (uint8_t)(path - walk->name);
        walk->last = path - walk->name > NAME_MAX ? ZEROOS_LONG : kind_of(walk);
        if (walk->slash && how & ZEROOS_FILE && walk->last <= ZEROOS_LONG)
            return -EISDIR;
        if (walk->last == ZEROOS_LONG) {
            /* Who asks for the name has other questions first. */
            walk->directory = walk->entry;
            walk->entry = NULL;
            walk->node = NULL;
            return last && how & ZEROOS_PARENT ? 0 : -ENAMETOOLONG;
        }
        step(walk->entry, walk);
        bool must = !last || (walk->slash && !(how & ZEROOS_PARENT));
        if (!walk->node)
            return last ? 0 : -ENOENT;
        if (walk->file) {
            /* A link of its own kind: to the file itself, whatever its path is now. */
            walk->number = !must && !(how & ZEROOS_FOLLOW);
            if (walk->number)
                return 0;
            walk->entry = walk->file->entry;
        } else if (zeroos_type(walk->node) == S_IFLNK && (must || how & ZEROOS_FOLLOW)) {
            if (++links > MOST_LINKS)
                return -ELOOP;
            struct zeroos_entry *from = walk->directory;
            problem = splice(walk->entry->inode, &path, how);
            if (problem)
                return problem;
            walk->last = ZEROOS_ROOT;
            walk->entry = *path == '/' ? &zeroos_root : from;
            walk->node = &walk->entry->inode->node;
            continue;
        }
        if (must && !zeroos_is_directory(walk->node))
            return -ENOTDIR;
        if (last)
            return 0;
    }
}

long zeroos_walk_to(int directory, const char *path, unsigned how, struct zeroos_walk *walk)
{
    long problem = zeroos_walk(directory, path, how, walk);
    return problem || walk->node ? problem : -ENOENT;
}

long zeroos_walk_at(int directory, const char *path, int flags, int known, struct zeroos_walk *walk)
{
    if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH | known))
        return -EINVAL;
    unsigned how = (flags & AT_SYMLINK_NOFOLLOW ? 0u : ZEROOS_FOLLOW) |
                   (flags & AT_EMPTY_PATH ? (unsigned)ZEROOS_EMPTY : 0u);
    return zeroos_walk_to(directory, path, how, walk);
}

long zeroos_walk_new(int directory, const char *path, bool is_directory, unsigned how,
                     struct zeroos_walk *walk)
{
    long problem = zeroos_walk(directory, path, ZEROOS_PARENT | how, walk);
    if (problem)
        return problem;
    if (walk->node)
        return -EEXIST;
    if (walk->last == ZEROOS_LONG)
        return -ENAMETOOLONG;
    if (walk->slash && !is_directory)
        return -ENOENT;
    if (walk->directory->inode->fixed)
        return -EACCES;
    /* A directory that was removed gets no names any more. */
    return walk->directory->inode->links ? 0 : -ENOENT;
}
