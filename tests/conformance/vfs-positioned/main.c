/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* pread, pwrite, preadv, pwritev: at an offset, and the position stays. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

#if __riscv_xlen == 64
#define AT(call, fd, data, size, offset) syscall(call, fd, data, size, offset)
#else
#define AT(call, fd, data, size, offset)                                                           \
    syscall(call, fd, data, size, offset, (offset) < 0 ? -1 : 0)
#endif

int main(void)
{
    int fd = open("file", O_CREAT | O_RDWR, 0600), pipes[2];
    char a[4] = "", b[4] = "";
    struct iovec in[2] = {{a, 3}, {b, 3}}, out[2] = {{"one", 3}, {"two", 3}};
    struct iovec bad[1] = {{(void *)8, 3}};
    show("pwrite", pwrite(fd, "0123456789", 10, 0));
    show("position", lseek(fd, 0, SEEK_CUR));
    show("pread", pread(fd, a, 3, 5));
    printf("%s\n", a);
    show("pwritev", pwritev(fd, out, 2, 2));
    show("preadv", preadv(fd, in, 2, 1));
    printf("%s %s\n", a, b);
    show("position", lseek(fd, 0, SEEK_CUR));
    show("behind", pread(fd, a, 3, 100));
    show("at end", pread(fd, a, 3, 9));
    show("far behind", pread(fd, a, 3, (off_t)1 << 32));
    show("negative", pread(fd, a, 3, -1));
    show("negative", pwrite(fd, a, 3, -1));
    show("negative", preadv(fd, in, 2, -1));
    show("negative", pwritev(fd, out, 2, -1));
    show("memory", AT(SYS_pread64, fd, (void *)8, 3, 0));
    show("memory", AT(SYS_pwrite64, fd, (void *)8, 3, 0));
    show("memory", syscall(SYS_preadv, fd, (void *)8, 1, 0, 0));
    show("memory", syscall(SYS_pwritev, fd, (void *)8, 1, 0, 0));
    show("memory", preadv(fd, bad, 1, 0));
    show("pieces", preadv(fd, in, -1, 0));
    show("pieces", pwritev(fd, out, 1025, 0));
    show("closed", pread(99, a, 1, 0));
    show("closed", pwrite(99, a, 1, 0));
    show("closed", preadv(99, in, 1, 0));
    show("closed", pwritev(99, out, 1, 0));
    (void)!pipe(pipes);
    show("pipe", pread(pipes[0], a, 1, 0));
    show("pipe", pwrite(pipes[1], a, 1, 0));
    show("pipe", preadv(pipes[0], in, 1, 0));
    show("pipe", pwritev(pipes[1], out, 1, 0));
    int read_only = open("file", O_RDONLY), write_only = open("file", O_WRONLY | O_APPEND);
    show("read only", pwrite(read_only, a, 1, 0));
    show("write only", pread(write_only, a, 1, 0));
    show("append", pwrite(write_only, "end", 3, 0));
    show("pread", pread(fd, a, 3, 10));
    printf("%s\n", a);
    int directory = open(".", O_RDONLY);
    show("directory", pread(directory, a, 1, 0));
    show("directory", preadv(directory, in, 1, 0));
    int full = open("/dev/full", O_RDWR);
    show("full", pwrite(full, a, 1, 0));
    show("full", pwritev(full, out, 1, 0));
    show("zero", pread(full, a, 3, 1000));
    return 0;
}
