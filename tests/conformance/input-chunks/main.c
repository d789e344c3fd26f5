/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The input by pieces of all sizes, read and readv in turn, gives every byte once. */
#include <stdio.h>
#include <sys/uio.h>
#include <unistd.h>

int main(void)
{
    static unsigned char buffer[5000];
    unsigned long sum = 0, total = 0;
    for (size_t size = 1;; size = size * 3 % 4999 + 1) {
        struct iovec parts[2] = {{buffer, size / 2}, {buffer + size / 2, size - size / 2}};
        ssize_t got = size % 2 ? read(0, buffer, size) : readv(0, parts, 2);
        if (got <= 0)
            break;
        for (ssize_t i = 0; i < got; i++)
            sum = sum * 31 + buffer[i];
        total += (unsigned long)got;
    }
    printf("%lu %lx\n", total, sum & 0xffffffff);
    return 0;
}
