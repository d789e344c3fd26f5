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

long zeroos_read_pieces(struct zeroos_file *file, const struct iovec *vector, int count,
                        uintptr_t site)
{
    long total = zeroos_check_vector(vector, count);
    if (total)
        return total;
    for (const struct iovec *end = vector + count; vector < end; vector++) {
        if (vector->length == 0)
            continue;
        long done = file->node->operations->read(file, vector->base, vector->length, site);
        if (done < 0)
            return total ? total : done;
        total += done;
        if ((size_t)done < vector->length)
            break;
    }
    return total;
}

long zeroos_write_pieces(struct zeroos_file *file, const struct iovec *vector, int count,
                         uintptr_t site)
{
    long total = zeroos_check_vector(vector, count);
    if (total)
        return total;
    for (const struct iovec *end = vector + count; vector < end; vector++) {
        if (vector->length == 0)
            continue;
        long done = file->node->operations->write(file, vector->base, vector->length, site);
        if (done < 0)
            return total ? total : done;
        total += done;
        if ((size_t)done < vector->length)
            break;
    }
    return total;
}
