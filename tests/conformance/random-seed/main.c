/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The key stream of ChaCha20 with the manifest's seed. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    unsigned char bytes[100], *at = bytes;
    for (size_t size = 1; at < bytes + 91; at += size, size++)
        if (getrandom(at, size, 0) != (ssize_t)size)
            return 1;
    for (unsigned char *p = bytes; p < at; p++)
        printf("%02x", *p);
    printf("\n%zd", getrandom(bytes, 4, 128));
    printf(" %d\n", errno == EINVAL);
    printf("%ld", syscall(SYS_getrandom, (void *)8, 4, 0));
    printf(" %d\n", errno == EFAULT);
    printf("%d\n", getentropy(bytes, 16));
    return 0;
}
