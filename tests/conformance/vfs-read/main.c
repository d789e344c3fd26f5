/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Standard input in pieces of any size, to its true end and no further. */
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

int main(void)
{
    unsigned char buffer[1000];
    unsigned sum = 0;
    long total = 0, got;
    struct iovec pieces[3] = {{buffer, 3}, {buffer + 3, 0}, {buffer + 3, 5}};
    got = readv(0, pieces, 3);
    printf("%ld %u %u\n", got, buffer[0], buffer[7]);
    printf("%zd\n", read(0, buffer, 0));
    for (size_t size = 1; (got = read(0, buffer, size)) > 0; size = size % 997 + 13) {
        for (long i = 0; i < got; i++)
            sum = sum * 31 + buffer[i];
        total += got;
    }
    printf("%ld %u\n", total, sum);
    printf("%zd\n", read(0, buffer, 10));
    errno = 0;
    printf("%zd", read(1, buffer, 1));
    printf(" %d\n", errno == EBADF);
    printf("%ld", syscall(SYS_read, 0, (void *)8, 10));
    printf(" %d\n", errno == EFAULT || errno == 0);
    printf("%zd", readv(77, pieces, 3));
    printf(" %d\n", errno == EBADF);
    printf("%zd", readv(0, pieces, -1));
    printf(" %d\n", errno == EINVAL);
    return 0;
}
