/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Sizes and positions that no file can have. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    const off_t far = 0x7ffffffffffffff0, large = (off_t)1 << 62;
    struct iovec piece = {"x", 1};
    int fd = open("file", O_CREAT | O_RDWR, 0600);
    (void)!write(fd, "0123456789", 10);
    show("pwrite", pwrite(fd, "x", 1, far));
    show("pwritev", pwritev(fd, &piece, 1, far));
    show("ftruncate", ftruncate(fd, large));
    show("truncate", truncate("file", large));
    show("lseek", lseek(fd, far, SEEK_SET));
    show("fallocate", fallocate(fd, 0, 1, far));
    off_t from = 0, to = far;
    show("copy", copy_file_range(fd, &from, fd, &to, 5, 0));
    show("read", pread(fd, &from, 1, far));
    show("most", ftruncate(fd, 0x7fffffff));
    show("to the end", lseek(fd, 0, SEEK_END));
    close(fd);
#if __riscv_xlen == 64
    (void)!truncate("file", large - 1);
#endif
    fd = open("file", O_WRONLY | O_APPEND);
    show("write", write(fd, "x", 1));
    show("writev", writev(fd, &piece, 1));
    return 0;
}
