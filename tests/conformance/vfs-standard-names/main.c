/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* /dev/stdin and its kin lead to the descriptors that are open. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
    char buffer[10] = {0};
    struct stat first, second;
    int fd = open("/dev/stdin", O_RDONLY);
    printf("%d %zd", fd, read(fd, buffer, 4));
    printf(" %s\n", buffer);
    fd = open("/dev/fd/0", O_RDONLY);
    printf("%d %zd", fd, read(fd, buffer, 4));
    printf(" %s\n", buffer);
    fflush(stdout);
    fd = open("/dev/stdout", O_WRONLY);
    printf("%d %zd\n", fd, write(fd, "to stdout\n", 10));
    fflush(stdout);
    fd = open("/dev/fd/1", O_WRONLY);
    printf("%d %zd\n", fd, write(fd, "to 1\n", 5));
    printf("%d\n", open("/dev/fd/99", O_RDONLY));
    printf("%d %d\n", fstat(0, &first), stat("/dev/stdin", &second));
    printf("%d %d\n", S_ISFIFO(first.st_mode), first.st_ino == second.st_ino);
    return 0;
}
