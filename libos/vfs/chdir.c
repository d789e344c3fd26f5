/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

static void enter(struct zeroos_entry *entry)
{
    struct zeroos_entry *old = zeroos_cwd;
    entry->references++;
    zeroos_cwd = entry;
    zeroos_put_entry(old);
}

long sys_chdir(const char *path)
{
    struct zeroos_walk walk;
    long problem = zeroos_walk_to(AT_FDCWD, path, ZEROOS_FOLLOW, &walk);
    if (problem)
        return problem;
    if (!zeroos_is_directory(walk.node))
        return -ENOTDIR;
    enter(walk.entry);
    return 0;
}

long sys_fchdir(int fd)
{
    const struct zeroos_file *file = zeroos_file_of(fd);
    if (!file)
        return -EBADF;
    if (!zeroos_is_directory(file->node))
        return -ENOTDIR;
    enter(file->entry);
    return 0;
}
