/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What /proc tells of the program. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

extern char **environ;

static long slurp(const char *path, char *text, size_t size)
{
    int fd = open(path, O_RDONLY);
    long total = 0, got;
    /* In small pieces. */
    while ((got = read(fd, text + total, size - 1 - total < 7 ? size - 1 - total : 7)) > 0)
        total += got;
    text[total] = 0;
    close(fd);
    return total;
}

int main(int argc, char **argv)
{
    static char text[10000];
    struct stat status;
    long got = slurp("/proc/self/cmdline", text, sizeof text);
    char *at = text;
    for (int i = 0; i < argc; i++, at += strlen(at) + 1)
        printf("%d\n", strcmp(at, argv[i]));
    printf("%d\n", at == text + got);
    printf("%d\n",
           stat("/proc/self/cmdline", &status) || !S_ISREG(status.st_mode) || status.st_size);
    show("create", open("/proc/self/new", O_CREAT | O_RDWR, 0600) >= 0);
    printf("%d\n", lstat("/proc/self", &status) || !S_ISLNK(status.st_mode));
    got = readlink("/proc/self", text, sizeof text);
    printf("%d\n", atoi(text) == getpid());
    got = readlink("/proc/self/exe", text, sizeof text);
    printf("%d\n", got > 0 && text[0] == '/');
    got = slurp("/proc/self/stat", text, sizeof text);
    printf("%d %d\n", atoi(text) == getpid(), strchr(text, '(') && strrchr(text, ')'));
    got = slurp("/proc/self/status", text, sizeof text);
    printf("%d %d\n", strncmp(text, "Name:\t", 6), !strstr(text, "\nPid:\t"));
    got = slurp("/proc/self/maps", text, sizeof text);
    printf("%d\n", strstr(text, "[stack]") != NULL);
    char here[4096], link[4096];
    (void)!getcwd(here, sizeof here);
    got = readlink("/proc/self/cwd", link, sizeof link);
    printf("%d\n", got != (long)strlen(here) || memcmp(here, link, got));
    show("through cwd", open("/proc/self/cwd/file", O_CREAT | O_RDWR, 0600) >= 0);
    show("is here", access("file", F_OK));
    got = readlink("/proc/self/root", link, sizeof link);
    printf("%.*s\n", (int)got, link);
    return 0;
}
