/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The public output as a file, beside write_output. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zeroos/io.h>

int main(void)
{
    int fd = open("/dev/zkvm/output", O_WRONLY);
    printf("%d\n", fd >= 0);
    printf("%zd\n", write(fd, "file ", 5));
    write_output((const uint8_t *)"function ", 9);
    FILE *file = fopen("/dev/zkvm/output", "w");
    fprintf(file, "%d\n", 42);
    fclose(file);
    printf("%d", open("/dev/zkvm/output", O_RDONLY));
    printf(" %d\n", errno == EACCES);
    printf("%zd", read(fd, &fd, 1));
    printf(" %d\n", errno == EBADF);
    return 0;
}
