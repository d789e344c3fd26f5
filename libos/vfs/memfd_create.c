/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/tree.h>

ZEROOS_NEEDS(zeroos_controls);
/* Only a program that also maps keeps it. */
ZEROOS_NEEDS(zeroos_file_map);

/* As in Linux: NAME_MAX without "memfd:". */
enum { LONGEST_NAME = 249 };

long sys_memfd_create(const char *name, unsigned int flags)
{
    if (flags & ~(unsigned)(MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL | MFD_EXEC) ||
        (flags & (MFD_EXEC | MFD_NOEXEC_SEAL)) == (MFD_EXEC | MFD_NOEXEC_SEAL))
        return -EINVAL;
    for (unsigned length = 0;; length++) {
        if (zeroos_outside(name + length, 1))
            return -EFAULT;
        if (!name[length])
            break;
        if (length == LONGEST_NAME)
            return -EINVAL;
    }
    unsigned permissions = flags & MFD_NOEXEC_SEAL ? 0666 : 0777;
    struct zeroos_inode *inode = zeroos_new_inode(S_IFREG | permissions);
    if (!inode)
        return -ENOMEM;
    long fd =
        zeroos_open_node(&inode->node, O_RDWR | (flags & MFD_CLOEXEC ? (unsigned)O_CLOEXEC : 0u));
    if (fd < 0)
        zeroos_put_inode(inode);
    return fd;
}
