/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

long sys_close_range(unsigned int first, unsigned int last, unsigned int flags)
{
    if (flags & ~(unsigned)(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC) || first > last)
        return -EINVAL;
    for (unsigned fd = first; fd <= last && fd < zeroos_descriptor_count; fd++) {
        if (!zeroos_descriptors[fd].file)
            continue;
        if (flags & CLOSE_RANGE_CLOEXEC)
            zeroos_descriptors[fd].flags |= FD_CLOEXEC;
        else
            zeroos_close((int)fd);
    }
    return 0;
}
