/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* /proc/self/environ holds what the program was given. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    char text[100];
    int fd = open("/proc/self/environ", O_RDONLY);
    long got = read(fd, text, sizeof text);
    printf("%ld\n", got);
    for (char *at = text; at < text + got; at += strlen(at) + 1)
        printf("%s\n", at);
    show("end", read(fd, text, sizeof text));
    show("back", lseek(fd, 4, SEEK_SET));
    show("read", read(fd, text, 3));
    printf("%.3s\n", text);
    return 0;
}
