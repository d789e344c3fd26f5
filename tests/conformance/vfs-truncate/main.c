/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* truncate and ftruncate, and their errors. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

#if __riscv_xlen == 64
#define TRUNCATE(path, length) syscall(SYS_truncate, path, length)
#else
#define TRUNCATE(path, length) syscall(SYS_truncate64, path, (long)(length), (length) < 0 ? -1 : 0)
#endif

int main(void)
{
    struct stat status;
    int fd = open("file", O_CREAT | O_RDWR, 0600), pipes[2];
    (void)!write(fd, "0123456789", 10);
    show("shrink", ftruncate(fd, 4));
    show("position", lseek(fd, 0, SEEK_CUR));
    show("write", write(fd, "x", 1));
    char data[20];
    show("read", pread(fd, data, sizeof data, 0));
    printf("%.4s %d %c\n", data, data[4] | data[9], data[10]);
    show("by path", truncate("file", 2));
    fstat(fd, &status);
    printf("%ld\n", (long)status.st_size);
    mkdir("directory", 0755);
    symlink("file", "link");
    symlink("loop", "loop");
    show("link", truncate("link", 7));
    show("directory", truncate("directory", 0));
    show("missing", truncate("missing", 0));
    show("negative", truncate("file", -1));
    show("loop", truncate("loop", 0));
    show("below a file", truncate("file/x", 0));
    show("pointer", TRUNCATE((void *)8, 0));
    show("empty", truncate("", 0));
    int read_only = open("file", O_RDONLY);
    show("read only", ftruncate(read_only, 0));
    show("negative", ftruncate(fd, -5));
    show("closed", ftruncate(99, 0));
    (void)!pipe(pipes);
    show("pipe", ftruncate(pipes[1], 0));
    int opened = open("directory", O_RDONLY);
    show("open directory", ftruncate(opened, 0));
    show("device", truncate("/dev/null", 0));
    show("not ours", truncate("/proc/self/maps", 0));
    return 0;
}
