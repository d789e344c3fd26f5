/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* write and writev: bytes in order, partial lines, errors. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    char line[80];
    const char *name = result >= 0     ? "ok"
                     : errno == EBADF  ? "EBADF"
                     : errno == EFAULT ? "EFAULT"
                     : errno == EINVAL ? "EINVAL"
                                       : "other";
    int length = snprintf(line, sizeof line, "%s: %ld %s\n", what, result, name);
    (void)!write(1, line, length);
}

int main(void)
{
    static char large[20000];
    struct iovec pieces[3] = {{"one ", 4}, {NULL, 0}, {"two\n", 4}};
    struct iovec bad[2] = {{"x", 1}, {(void *)8, 10}};
    struct iovec negative[1] = {{"x", (size_t)-1}};
    memset(large, '.', sizeof large);
    large[9000] = '\n';
    (void)!write(1, "partial ", 8);
    (void)!write(1, "line\nnext ", 10);
    show("vector", writev(1, pieces, 3));
    show("large", write(1, large, sizeof large));
    show("nothing", write(1, large, 0));
    show("no descriptor", write(77, "x", 1));
    show("negative", write(-1, "x", 1));
    show("read end", write(0, "x", 1));
    show("memory", syscall(SYS_write, 1, (void *)8, 10));
    show("no pieces", writev(1, pieces, 0));
    show("too many pieces", writev(1, pieces, 1025));
    show("negative length", writev(1, negative, 1));
    show("memory of pieces", syscall(SYS_writev, 1, (void *)8, 2));
    show("memory in pieces", writev(1, bad + 1, 1));
    show("vector, no descriptor", writev(77, pieces, 3));
    (void)!write(2, "to stderr\n", 10);
    (void)!write(1, "the end without newline", 23);
    return 0;
}
