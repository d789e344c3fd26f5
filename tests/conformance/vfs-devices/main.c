/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* /dev/null, zero and full, as files. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static const char *const paths[] = {"/dev/null", "/dev/zero", "/dev/full"};

int main(void)
{
    for (int i = 0; i < 3; i++) {
        char buffer[100];
        struct stat status;
        int fd = open(paths[i], O_RDWR);
        printf("%s %d\n", paths[i], fd >= 0);
        memset(buffer, 1, sizeof buffer);
        long got = read(fd, buffer, sizeof buffer);
        printf("%ld %d %d\n", got, buffer[0], buffer[99]);
        errno = 0;
        got = write(fd, buffer, sizeof buffer);
        printf("%ld %d\n", got, errno == ENOSPC);
        printf("%ld\n", (long)lseek(fd, 1000, SEEK_SET));
        printf("%d\n", fstat(fd, &status));
        printf("%d %d %d\n", S_ISCHR(status.st_mode), major(status.st_rdev), minor(status.st_rdev));
        printf("%d", stat(paths[i], &status));
        printf(" %o\n", status.st_mode & 0777);
        close(fd);
    }
    FILE *full = fopen("/dev/full", "w");
    fputs("text", full);
    errno = 0;
    printf("%d", fclose(full));
    printf(" %d\n", errno == ENOSPC);
    int fd = open("/dev/null", O_RDONLY);
    printf("%zd", write(fd, "x", 1));
    printf(" %d\n", errno == EBADF);
    fd = open("/dev/null", O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    printf("%zd", read(fd, &fd, 1));
    printf(" %d\n", errno == EBADF);
    return 0;
}
