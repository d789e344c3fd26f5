/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Like root, the program may do whatever a file's permissions say; what it may not do is up to
 * the file itself (zeroos_more.open). */
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

ZEROOS_NEEDS(zeroos_controls);
/* Only a program that also maps keeps it. */
ZEROOS_NEEDS(zeroos_file_map);

/* All that O_PATH does not ignore. */
#define PATH_FLAGS ((unsigned)(O_DIRECTORY | O_NOFOLLOW | O_PATH | O_CLOEXEC))
#define TEMPORARY ((unsigned)(O_TMPFILE & ~O_DIRECTORY))

static bool has_room(void)
{
    for (unsigned fd = 0; fd < zeroos_descriptor_count; fd++)
        if (!zeroos_descriptors[fd].file)
            return true;
    return zeroos_descriptor_count < ZEROOS_MAX_FILES;
}

/* The console's pipes have one end, and stay as they are. */
static long reopen(const struct zeroos_file *old, unsigned flags)
{
    if (flags & O_PATH)
        return -ENXIO;
    if (old->node->operations->more)
        return old->node->operations->more->open ? 0 : -ENXIO;
    return (old->flags & O_ACCMODE) == (flags & O_ACCMODE) ? 0 : -EACCES;
}

/* Whether what is there may be opened so. */
static long check(const struct zeroos_walk *walk, unsigned flags)
{
    unsigned type = zeroos_type(walk->node);
    if (flags & O_CREAT) {
        if (flags & O_EXCL)
            return -EEXIST;
        if (type == S_IFDIR)
            return -EISDIR;
    }
    if (flags & O_DIRECTORY && type != S_IFDIR)
        return -ENOTDIR;
    if (walk->number)
        return -ELOOP;
    if (walk->file && !walk->entry && walk->node->operations != &zeroos_regular)
        return reopen(walk->file, flags);
    if (flags & O_PATH)
        return 0;
    if (type == S_IFLNK)
        return -ELOOP;
    if (type == S_IFDIR && (flags & O_ACCMODE || flags & O_TRUNC))
        return -EISDIR;
    return type == S_IFSOCK ? -ENXIO : 0;
}

/* O_TMPFILE: a file in a directory, without a name. */
static long make_unnamed(struct zeroos_walk *walk, unsigned mode)
{
    if (!zeroos_is_directory(walk->node))
        return -ENOTDIR;
    if (walk->entry->inode->fixed)
        return -EACCES;
    struct zeroos_inode *inode = zeroos_new_inode(S_IFREG | (mode & 07777 & ~zeroos_umask));
    if (!inode)
        return -ENOSPC;
    walk->entry = NULL;
    walk->node = &inode->node;
    return 0;
}

/* Makes the file where the walk found nothing. */
static long make(struct zeroos_walk *walk, unsigned flags, unsigned mode)
{
    if (!(flags & O_CREAT))
        return -ENOENT;
    if (walk->directory->inode->fixed)
        return -EACCES;
    if (!walk->directory->inode->links)
        return -ENOENT;
    return zeroos_create(walk, S_IFREG | (mode & 07777)) ? 0 : -ENOSPC;
}

static long find(int dirfd, const char *path, unsigned *asked, unsigned mode,
                 struct zeroos_walk *walk)
{
    unsigned flags = *asked;
    unsigned create = flags & (O_CREAT | O_EXCL);
    unsigned how = flags & O_NOFOLLOW || create == (O_CREAT | O_EXCL) ? 0 : ZEROOS_FOLLOW;
    how |= flags & O_CREAT ? ZEROOS_FILE : 0u;
    long problem = zeroos_walk(dirfd, path, how, walk);
    if (problem)
        return problem;
    if ((flags & TEMPORARY) && walk->node)
        return make_unnamed(walk, mode);
    if (walk->node)
        return check(walk, flags);
    /* Nothing to cut off what is new. */
    *asked &= ~(unsigned)O_TRUNC;
    return make(walk, flags, mode);
}

/* The open file of a node, which is referred to once more. */
static long open(const struct zeroos_walk *walk, unsigned flags, uintptr_t site)
{
    struct zeroos_file *file = zeroos_new_file(walk->node, flags);
    if (!file) {
        if (flags & TEMPORARY)
            zeroos_put_inode(zeroos_inode_of(walk->node));
        return -ENOMEM;
    }
    file->entry = walk->entry;
    const struct zeroos_more *more = walk->node->operations->more;
    if (walk->entry)
        walk->entry->references++;
    else if (more && more->release == zeroos_put_file && !(flags & TEMPORARY))
        zeroos_inode_of(walk->node)->references++;
    long result = 0;
    if (flags & O_PATH)
        ;
    else if (more && more->open)
        result = more->open(file, site);
    else if (flags & O_TRUNC && zeroos_type(walk->node) == S_IFREG)
        result = zeroos_resize(zeroos_inode_of(walk->node), 0);
    if (result == 0)
        result = zeroos_install(file, 0, zeroos_descriptor_flags(flags));
    zeroos_release(file);
    return result;
}

long sys_openat(int dirfd, const char *path, int flags, mode_t mode)
{
    unsigned wanted = (unsigned)flags;
    struct zeroos_walk walk;
    if (wanted & O_PATH)
        wanted &= PATH_FLAGS;
    if ((wanted & (O_CREAT | O_DIRECTORY)) == (O_CREAT | O_DIRECTORY))
        return -EINVAL;
    if (wanted & TEMPORARY && (!(wanted & O_DIRECTORY) || !(wanted & O_ACCMODE)))
        return -EINVAL;
    if (!has_room())
        return -EMFILE;
    long problem = find(dirfd, path, &wanted, mode, &walk);
    return problem ? problem : open(&walk, wanted, ZEROOS_SITE);
}
