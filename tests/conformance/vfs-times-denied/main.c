/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* With the time denied files are as old as the epoch, and asking costs nothing. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
    struct stat status;
    int fd = open("file", O_CREAT | O_RDWR, 0600);
    (void)!write(fd, "x", 1);
    fstat(fd, &status);
    printf("%lld %lld %lld\n", (long long)status.st_atime, (long long)status.st_mtime,
           (long long)status.st_ctime);
    stat("/dev/null", &status);
    printf("%lld\n", (long long)status.st_mtime);
    return 0;
}
