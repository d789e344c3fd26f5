/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The set-user-ID and set-group-ID bits of a file: writing takes them away, but the second one
 * only where the group may execute. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int file;

static void show(const char *what, long result)
{
    struct stat status;
    fstat(file, &status);
    printf("%s: %ld mode %o\n", what, result, (unsigned)status.st_mode);
    fchmod(file, 06755);
}

int main(void)
{
    umask(0);
    file = open("file", O_RDWR | O_CREAT | O_TRUNC, 06755);
    show("made", 0);
    show("write", write(file, "text", 4));
    show("write nothing", write(file, "", 0));
    show("pwrite", pwrite(file, "text", 4, 8));
    show("truncate", ftruncate(file, 2));
    show("truncate to the same", ftruncate(file, 2));
    show("allocate", posix_fallocate(file, 0, 10));
    int again = open("file", O_WRONLY | O_TRUNC);
    show("open", again < 0);
    show("copy", copy_file_range(open("other", O_RDWR | O_CREAT, 0600), NULL, file, NULL, 1, 0));
    fchmod(file, 06745);
    show("without the group", write(file, "text", 4));
    fchmod(file, 06645);
    show("without the owner", write(file, "text", 4));
    show("owner", fchown(file, getuid(), getgid()));
    return 0;
}
