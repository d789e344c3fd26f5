/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/random.h>
#include <zeroos/syscalls.h>

/* As in Linux: what fits an int. */
#define MOST ((size_t)0x7fffffff)

long sys_getrandom(void *buffer, size_t length, unsigned int flags)
{
    if (flags & ~(unsigned)(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE) ||
        (flags & (GRND_RANDOM | GRND_INSECURE)) == (GRND_RANDOM | GRND_INSECURE))
        return -EINVAL;
    if (length > MOST)
        length = MOST;
    if (zeroos_range_outside(buffer, length))
        return -EFAULT;
    zeroos_random_bytes(buffer, length, !(flags & GRND_INSECURE));
    return (long)length;
}
