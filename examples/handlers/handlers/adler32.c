/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

/* The largest prime below 65536: RFC 1950, section 8.2. */
enum { BASE = 65521 };

long sys_checksum_adler32(const void *data, size_t size, unsigned int *sum)
{
    const unsigned char *bytes = data;
    unsigned int low = 1, high = 0;

    if (zeroos_range_outside(data, size) || zeroos_outside(sum, sizeof *sum))
        return -EFAULT;
    for (size_t i = 0; i < size; i++) {
        low = (low + bytes[i]) % BASE;
        high = (high + low) % BASE;
    }
    *sum = high << 16 | low;
    return 0;
}
