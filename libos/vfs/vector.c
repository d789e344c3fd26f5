/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/vfs.h>

long zeroos_check_vector(const struct iovec *vector, int count)
{
    size_t total = 0;
    if (count < 0 || count > IOV_MAX)
        return -EINVAL;
    if (zeroos_range_outside(vector, (size_t)count * sizeof *vector))
        return count ? -EFAULT : 0;
    for (int i = 0; i < count; i++) {
        /* Memory is smaller than any sum that overflows. */
        if (vector[i].length && zeroos_range_outside(vector[i].base, vector[i].length))
            return (long)vector[i].length < 0 ? -EINVAL : -EFAULT;
        total += vector[i].length;
    }
    return total > MAX_RW_COUNT ? -EINVAL : 0;
}
