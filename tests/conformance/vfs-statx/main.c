/* SPDX-License-Identifier: MIT OR Apache-2.0 */
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
    int error = result < 0 ? errno : 0;
    printf("%s: %s\n", what, error == 0 ? "ok" : strerror(error));
}

static void describe(int directory, const char *path, int flags)
{
    struct statx status;
    memset(&status, 0xff, sizeof status);
    show(path, statx(directory, path, flags, STATX_BASIC_STATS, &status));
    printf("%d %o %u %llu %u:%u\n", (status.stx_mask & STATX_BASIC_STATS) == STATX_BASIC_STATS,
           status.stx_mode & S_IFMT, status.stx_nlink, (unsigned long long)status.stx_size,
           status.stx_rdev_major, status.stx_rdev_minor);
}

int main(void)
{
    struct statx status;
    describe(AT_FDCWD, "/dev/null", 0);
    describe(99, "/dev/zero", AT_SYMLINK_NOFOLLOW);
    describe(0, "", AT_EMPTY_PATH);
    describe(1, "", AT_EMPTY_PATH | 0x2000);
    int fd = open("/dev/full", O_RDONLY);
    describe(fd, "", AT_EMPTY_PATH | AT_NO_AUTOMOUNT);
    show("missing", statx(AT_FDCWD, "/dev/not there", 0, STATX_BASIC_STATS, &status));
    show("empty", statx(0, "", 0, STATX_BASIC_STATS, &status));
    show("closed", statx(99, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &status));
    show("not a directory", statx(0, "file", 0, STATX_BASIC_STATS, &status));
    show("flags", statx(AT_FDCWD, "/dev/null", 0x40000000, STATX_BASIC_STATS, &status));
    show("both kinds", statx(AT_FDCWD, "/dev/null", 0x6000, STATX_BASIC_STATS, &status));
    show("mask", statx(AT_FDCWD, "/dev/null", 0, 0x80000000u, &status));
    show("pointer", syscall(SYS_statx, AT_FDCWD, "/dev/null", 0, STATX_BASIC_STATS, (void *)8));
    show("path", syscall(SYS_statx, AT_FDCWD, (void *)8, 0, STATX_BASIC_STATS, &status));
    printf("%lld\n", (long long)lseek(fd, 0x123456789a, SEEK_SET));
    show("seek", lseek(fd, 0, 99));
    show("pipe", lseek(0, 0, SEEK_CUR));
#ifdef SYS__llseek
    show("position", syscall(SYS__llseek, fd, 0, 0, (void *)8, SEEK_SET));
#endif
    return 0;
}
