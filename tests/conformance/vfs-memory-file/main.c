/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* memfd_create: a file that never had a name. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    char text[20] = "", name[300];
    struct stat status;
    int fd = memfd_create("name", MFD_CLOEXEC);
    show("make", fd >= 0);
    show("flags", fcntl(fd, F_GETFD));
    show("write", write(fd, "contents", 8));
    show("read", pread(fd, text, sizeof text, 0));
    printf("%s\n", text);
    fstat(fd, &status);
    printf("%o %ld %ld\n", status.st_mode, (long)status.st_nlink, (long)status.st_size);
    show("grow", ftruncate(fd, 100));
    show("seek", lseek(fd, 0, SEEK_END));
    char path[40];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int again = open(path, O_RDONLY);
    show("open again", again >= 0);
    show("close", close(fd));
    show("read", read(again, text, 3));
    show("flags", memfd_create("x", 0x1000));
    memset(name, 'n', sizeof name);
    name[249] = 0;
    show("longest", memfd_create(name, 0) >= 0);
    name[249] = 'n', name[250] = 0;
    show("long", memfd_create(name, 0));
    show("memory", syscall(SYS_memfd_create, (void *)8, 0));
    return 0;
}
