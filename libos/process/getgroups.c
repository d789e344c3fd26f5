/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Supplementary groups: each of them can only be group 0, so their number says all. */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

#define NGROUPS_MAX 65536

static int count;

long sys_getgroups(int size, unsigned int *list)
{
    if (size < 0)
        return -EINVAL;
    if (size == 0)
        return count;
    if (count > size)
        return -EINVAL;
    if (count && zeroos_range_outside(list, (size_t)count * sizeof *list))
        return -EFAULT;
    for (int i = 0; i < count; i++)
        list[i] = 0;
    return count;
}

long sys_setgroups(int size, const unsigned int *list)
{
    if ((unsigned)size > NGROUPS_MAX)
        return -EINVAL;
    if (size && zeroos_range_outside(list, (size_t)size * sizeof *list))
        return -EFAULT;
    for (int i = 0; i < size; i++)
        if (list[i])
            return -EINVAL;
    count = size;
    return 0;
}
