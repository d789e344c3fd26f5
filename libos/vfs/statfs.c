/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* All of memory is one file system; pipes and sockets stand in one of their own. */
#include <zeroos/memory.h>
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

static void fill(const struct zeroos_node *node, const struct zeroos_entry *entry,
                 struct statfs *status)
{
    const struct zeroos_heap *heap = &zeroos_heap;
    bool in_tree = entry || node->operations == &zeroos_regular;
    memset(status, 0, sizeof *status);
    status->type = in_tree ? TMPFS_MAGIC : PIPEFS_MAGIC;
    status->bsize = status->frsize = PAGE_SIZE;
    status->namelen = NAME_MAX;
    if (in_tree) {
        size_t given_back = zeroos_pages_free(heap->low, heap->end - heap->low);
        status->blocks = (heap->end - heap->start) / PAGE_SIZE;
        status->bfree = status->bavail = (heap->low - heap->high + given_back) / PAGE_SIZE;
        status->files = status->blocks;
        status->ffree = status->bfree;
    }
}

static long by_path(const char *path, struct statfs *status)
{
    struct zeroos_walk walk;
    long problem = zeroos_walk_to(AT_FDCWD, path, ZEROOS_FOLLOW, &walk);
    if (problem)
        return problem;
    if (zeroos_outside(status, sizeof *status))
        return -EFAULT;
    fill(walk.node, walk.entry, status);
    return 0;
}

static long by_descriptor(int fd, struct statfs *status)
{
    const struct zeroos_file *file = zeroos_file_of(fd);
    if (!file)
        return -EBADF;
    if (zeroos_outside(status, sizeof *status))
        return -EFAULT;
    fill(file->node, file->entry, status);
    return 0;
}

long sys_statfs(const char *path, struct statfs *status)
{
    return by_path(path, status);
}

long sys_fstatfs(int fd, struct statfs *status)
{
    return by_descriptor(fd, status);
}

/* riscv32's own form says how large the structure is. */
long sys_statfs64(const char *path, size_t size, struct statfs *status)
{
    return size == sizeof *status ? by_path(path, status) : -EINVAL;
}

long sys_fstatfs64(int fd, size_t size, struct statfs *status)
{
    return size == sizeof *status ? by_descriptor(fd, status) : -EINVAL;
}
