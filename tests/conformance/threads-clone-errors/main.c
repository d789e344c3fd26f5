/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What clone cannot be is refused: here, processes. */
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    printf("%ld", syscall(SYS_clone, 17, 0, 0, 0, 0));
    printf(" %d\n", errno == ENOSYS);
    return 0;
}
