/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* copy_file_range. */
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

int main(void)
{
    char text[40] = "";
    int pipes[2];
    off_t from = 2, to = 5;
    int in = open("in", O_CREAT | O_RDWR, 0600), out = open("out", O_CREAT | O_RDWR, 0600);
    (void)!write(in, "0123456789", 10);
    show("copy", copy_file_range(in, &from, out, &to, 4, 0));
    printf("%ld %ld\n", (long)from, (long)to);
    lseek(in, 0, SEEK_SET);
    show("positions", copy_file_range(in, NULL, out, NULL, 3, 0));
    printf("%ld %ld\n", (long)lseek(in, 0, SEEK_CUR), (long)lseek(out, 0, SEEK_CUR));
    show("read", pread(out, text, sizeof text, 0));
    printf("%.3s %d %.4s\n", text, text[3] | text[4], text + 5);
    from = 8, to = 0;
    show("cut", copy_file_range(in, &from, out, &to, 100, 0));
    show("end", copy_file_range(in, &from, out, &to, 100, 0));
    from = 0, to = 5;
    show("in one file", copy_file_range(in, &from, in, &to, 5, 0));
    show("read", pread(in, text, sizeof text, 0));
    printf("%.10s\n", text);
    from = 0, to = 2;
    show("overlap", copy_file_range(in, &from, in, &to, 5, 0));
    show("flags", copy_file_range(in, &from, out, &to, 5, 1));
    show("closed", copy_file_range(99, &from, out, &to, 5, 0));
    show("closed", copy_file_range(in, &from, 99, &to, 5, 0));
    show("write only", copy_file_range(open("in", O_WRONLY), &from, out, &to, 5, 0));
    show("read only", copy_file_range(in, &from, open("out", O_RDONLY), &to, 5, 0));
    show("append", copy_file_range(in, &from, open("out", O_WRONLY | O_APPEND), &to, 5, 0));
    show("directory", copy_file_range(open(".", O_RDONLY), &from, out, &to, 5, 0));
    show("path only", copy_file_range(open(".", O_PATH), &from, out, &to, 5, 0));
    show("to path only", copy_file_range(in, &from, open("out", O_PATH), &to, 5, 0));
    (void)!pipe(pipes);
    show("pipe", copy_file_range(in, NULL, pipes[1], NULL, 5, 0));
    show("memory", syscall(SYS_copy_file_range, in, (void *)8, out, NULL, 5, 0));
    return 0;
}
