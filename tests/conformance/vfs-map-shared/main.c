/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A mapping through which others would see what is written. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
    int fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
    printf("%zd\n", write(fd, "abc", 3));
    char *file = mmap(NULL, 3, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    printf("%s\n", file == MAP_FAILED ? strerror(errno) : file);
    char *read_only = mmap(NULL, 3, PROT_READ, MAP_SHARED, fd, 0);
    printf("%s\n", read_only);
    printf("%zd\n", pwrite(fd, "x", 1, 0));
    printf("%s\n", read_only);
    return 0;
}
