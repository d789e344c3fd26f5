/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Permissions and owners; they are kept and shown, and stop nobody. */
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

static long set_mode(struct zeroos_node *node, bool in_tree, unsigned mode)
{
    if (zeroos_type(node) == S_IFLNK)
        return -EOPNOTSUPP;
    if (in_tree) {
        struct zeroos_inode *inode = zeroos_inode_of(node);
        if (inode->fixed)
            return -EPERM;
        zeroos_changed(inode);
    }
    node->mode = (node->mode & S_IFMT) | (mode & 07777);
    return 0;
}

static long set_owner(struct zeroos_node *node, bool in_tree, unsigned uid, unsigned gid)
{
    /* -1 leaves it as it is. */
    if (!in_tree || (uid == -1u && gid == -1u))
        return 0;
    struct zeroos_inode *inode = zeroos_inode_of(node);
    if (inode->fixed)
        return -EPERM;
    if (uid != -1u)
        inode->uid = uid;
    if (gid != -1u)
        inode->gid = gid;
    if (zeroos_type(node) == S_IFREG)
        zeroos_drop_identity(node);
    zeroos_changed(inode);
    return 0;
}

static bool in_tree(const struct zeroos_node *node, const struct zeroos_entry *entry)
{
    return entry || node->operations == &zeroos_regular;
}

long sys_fchmod(int fd, mode_t mode)
{
    struct zeroos_file *file = zeroos_opened(fd);
    return file ? set_mode(file->node, in_tree(file->node, file->entry), mode) : -EBADF;
}

static long change_mode(int dirfd, const char *path, unsigned mode, int flags)
{
    struct zeroos_walk walk;
    long problem = zeroos_walk_at(dirfd, path, flags, 0, &walk);
    return problem ? problem : set_mode(walk.node, in_tree(walk.node, walk.entry), mode);
}

long sys_fchmodat(int dirfd, const char *path, mode_t mode)
{
    return change_mode(dirfd, path, mode, 0);
}

long sys_fchmodat2(int dirfd, const char *path, mode_t mode, int flags)
{
    return change_mode(dirfd, path, mode, flags);
}

long sys_fchown(int fd, uid_t uid, gid_t gid)
{
    struct zeroos_file *file = zeroos_opened(fd);
    return file ? set_owner(file->node, in_tree(file->node, file->entry), uid, gid) : -EBADF;
}

long sys_fchownat(int dirfd, const char *path, uid_t uid, gid_t gid, int flags)
{
    struct zeroos_walk walk;
    long problem = zeroos_walk_at(dirfd, path, flags, 0, &walk);
    return problem ? problem : set_owner(walk.node, in_tree(walk.node, walk.entry), uid, gid);
}

long sys_umask(mode_t mask)
{
    unsigned old = zeroos_umask;
    zeroos_umask = mask & 0777;
    return (long)old;
}
