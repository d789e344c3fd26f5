/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

long sys_dup3(int old, int new, int flags)
{
    if (flags & ~O_CLOEXEC || old == new)
        return -EINVAL;
    struct zeroos_file *file = zeroos_file_of(old);
    if (!file || (unsigned)new >= ZEROOS_MAX_FILES)
        return -EBADF;
    if (!zeroos_grow_descriptors((unsigned)new))
        return -ENOMEM;
    struct zeroos_file *replaced = zeroos_descriptors[new].file;
    file->references++;
    zeroos_descriptors[new] = (struct zeroos_descriptor){file, flags & O_CLOEXEC ? FD_CLOEXEC : 0};
    if (replaced)
        zeroos_release(replaced);
    return new;
}
