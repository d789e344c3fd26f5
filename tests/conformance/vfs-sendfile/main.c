/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* sendfile, with and without an offset. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    static char data[20000], back[20000];
    int pipes[2];
    for (unsigned i = 0; i < sizeof data; i++)
        data[i] = (char)(i * 7 + i / 256);
    int in = open("in", O_CREAT | O_RDWR, 0600), out = open("out", O_CREAT | O_RDWR, 0600);
    (void)!write(in, data, sizeof data);
    lseek(in, 100, SEEK_SET);
    off_t offset = 50;
    show("offset", sendfile(out, in, &offset, 10000));
    printf("%ld %ld\n", (long)offset, (long)lseek(in, 0, SEEK_CUR));
    show("position", sendfile(out, in, NULL, 100000));
    printf("%ld\n", (long)lseek(in, 0, SEEK_CUR));
    show("end", sendfile(out, in, NULL, 10));
    show("read", pread(out, back, sizeof back, 0));
    printf("%d %d\n", memcmp(back, data + 50, 10000), memcmp(back + 10000, data + 100, 10000));
    show("pipe", pipe(pipes));
    offset = 0;
    show("to pipe", sendfile(pipes[1], in, &offset, 300));
    show("read", read(pipes[0], back, sizeof back));
    printf("%d\n", memcmp(back, data, 300));
    show("closed", sendfile(99, in, NULL, 10));
    show("closed", sendfile(out, 99, NULL, 10));
    show("write only", sendfile(out, open("in", O_WRONLY), NULL, 10));
    show("read only", sendfile(open("out", O_RDONLY), in, NULL, 10));
    show("offset in pipe", sendfile(out, pipes[0], &offset, 10));
    offset = -1;
    show("negative", sendfile(out, in, &offset, 10));
    show("memory", syscall(
#ifdef SYS_sendfile
                       SYS_sendfile,
#else
                       SYS_sendfile64,
#endif
                       out, in, (void *)8, 10));
    show("directory", sendfile(out, open(".", O_RDONLY), NULL, 10));
    int both = open("both", O_RDWR | O_CREAT, 0600);
    show("write", write(both, data, 20));
    show("rewind", lseek(both, 5, SEEK_SET));
    show("to itself", sendfile(both, both, NULL, 10));
    show("position", lseek(both, 0, SEEK_CUR));
    offset = 2;
    show("to itself from an offset", sendfile(both, both, &offset, 4));
    show("position", lseek(both, 0, SEEK_CUR));
    show("read", pread(both, back, 20, 0));
    printf("%d %d %d\n", memcmp(back, data, 15), memcmp(back + 15, data + 2, 4), (int)offset);
    show("size", lseek(both, 0, SEEK_END));
    show("nothing of a directory", sendfile(out, open(".", O_RDONLY), NULL, 0));
    show("append", sendfile(open("out", O_WRONLY | O_APPEND), in, NULL, 10));
    return 0;
}
