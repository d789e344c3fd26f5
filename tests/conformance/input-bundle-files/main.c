/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Files of a bundle: read, sought, and written without a change to the others. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void show(const char *path)
{
    char line[80];
    FILE *file = fopen(path, "r");
    printf("%s:\n", path);
    while (file && fgets(line, sizeof line, file))
        printf("  %s", line);
    if (file)
        fclose(file);
}

int main(int argc, char **argv)
{
    struct stat status;
    for (int i = 1; i < argc; i++)
        show(argv[i]);
    stat(argv[1], &status);
    printf("%lld %d %o\n", (long long)status.st_size, S_ISREG(status.st_mode),
           status.st_mode & 0400);
    int fd = open(argv[1], O_RDWR);
    lseek(fd, -4, SEEK_END);
    printf("%zd\n", write(fd, "END, and more\n", 14));
    close(fd);
    show(argv[1]);
    show(argv[2]);
    printf("%d\n", open("missing", O_RDONLY));
    return 0;
}
