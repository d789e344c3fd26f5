/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A thousand descriptors, then EMFILE. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    int count = 0, fd, last = 0;
    while ((fd = dup(0)) >= 0) {
        last = fd;
        count++;
    }
    int error = errno;
    printf("%d %d %d\n", count, last, error == EMFILE);
    close(500);
    printf("%d\n", dup(1));
    return 0;
}
