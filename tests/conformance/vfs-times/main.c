/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Times of files: set, left alone, moved on by changes. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

#ifndef SYS_utimensat
#define SYS_utimensat SYS_utimensat_time64 /* riscv32 */
#endif

static struct stat status;

static int later(struct timespec a, struct timespec b)
{
    return a.tv_sec > b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec >= b.tv_nsec);
}

static void see(const char *path)
{
    lstat(path, &status);
    printf("%s: %lld.%09ld %lld.%09ld\n", path, (long long)status.st_atim.tv_sec,
           status.st_atim.tv_nsec, (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

int main(void)
{
    struct timespec both[2] = {{1000, 1}, {2000000000, 999999999}}, now;
    struct timespec one[2] = {{5, UTIME_OMIT}, {6, 7}},
                    none[2] = {{0, UTIME_OMIT}, {0, UTIME_OMIT}};
    struct timespec current[2] = {{0, UTIME_NOW}, {0, UTIME_OMIT}},
                    bad[2] = {{0, 1000000000}, {0, 0}};
    struct timespec early[2] = {{-5, 0}, {0, 0}};
    int fd = open("file", O_CREAT | O_RDWR, 0600);
    symlink("file", "link");
    show("set", utimensat(AT_FDCWD, "file", both, 0));
    see("file");
    show("one", futimens(fd, one));
    see("file");
    show("none", utimensat(AT_FDCWD, "file", none, 0));
    show("early", utimensat(AT_FDCWD, "file", early, 0));
    see("file");
    show("link", utimensat(AT_FDCWD, "link", both, AT_SYMLINK_NOFOLLOW));
    see("link");
    show("now", utimensat(AT_FDCWD, "file", current, 0));
    lstat("file", &status);
    printf("%d\n", status.st_mtim.tv_sec == 0);
    struct timespec before = status.st_mtim;
    (void)!write(fd, "x", 1);
    lstat("file", &status);
    printf("%d %d\n", later(status.st_mtim, before), status.st_mtim.tv_sec != 0 || 1);
    show("null", utimensat(AT_FDCWD, "file", NULL, 0));
    clock_gettime(CLOCK_REALTIME, &now);
    lstat("file", &status);
    printf("%d\n", later(now, status.st_mtim));
    mkdir("directory", 0755);
    show("set", utimensat(AT_FDCWD, "directory", both, 0));
    close(open("directory/file", O_CREAT | O_RDWR, 0600));
    lstat("directory", &status);
    printf("%d\n", status.st_mtim.tv_sec != 2000000000 || status.st_mtim.tv_nsec != 999999999);
    show("bad", utimensat(AT_FDCWD, "file", bad, 0));
    show("flags", utimensat(AT_FDCWD, "file", both, 1));
    show("missing", utimensat(AT_FDCWD, "gone", both, 0));
    show("closed", futimens(99, both));
    show("memory", syscall(SYS_utimensat, AT_FDCWD, "file", (void *)8, 0));
    show("memory", syscall(SYS_utimensat, AT_FDCWD, (void *)8, NULL, 0));
    show("device", utimensat(AT_FDCWD, "/dev/null", both, 0));
    return 0;
}
