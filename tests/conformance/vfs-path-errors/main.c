/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Every call with a path, and every way in which a path can be wrong. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result < 0 ? -1 : result, result < 0 ? strerror(errno) : "");
}

#ifndef SYS_utimensat
#define SYS_utimensat SYS_utimensat_time64 /* riscv32 */
#endif
#ifdef SYS_statfs
#define STATFS(path) syscall(SYS_statfs, path, memory)
#else
#define STATFS(path) syscall(SYS_statfs64, path, 88, memory)
#endif
#ifdef SYS_newfstatat
#define STATUS(fd, path) syscall(SYS_newfstatat, fd, path, memory, 0)
#else
#define STATUS(fd, path) syscall(SYS_statx, fd, path, 0, 0x7ff, memory)
#endif
#ifdef SYS_truncate
#define TRUNCATE(path) syscall(SYS_truncate, path, 0)
#else
#define TRUNCATE(path) syscall(SYS_truncate64, path, 0, 0)
#endif

static char memory[4096];

enum { CALLS = 21, WITHOUT_DIRECTORY = 18 };

static long call(int which, int fd, const char *path)
{
    switch (which) {
    case 0:
        return syscall(SYS_openat, fd, path, O_RDONLY, 0);
    case 1:
        return syscall(SYS_openat, fd, path, O_RDWR | O_CREAT, 0600);
    case 2:
        return syscall(SYS_mkdirat, fd, path, 0700);
    case 3:
        return syscall(SYS_mknodat, fd, path, S_IFREG | 0600, 0);
    case 4:
        return syscall(SYS_unlinkat, fd, path, 0);
    case 5:
        return syscall(SYS_unlinkat, fd, path, AT_REMOVEDIR);
    case 6:
        return syscall(SYS_readlinkat, fd, path, memory, sizeof memory);
    case 7:
        return syscall(SYS_symlinkat, "text", fd, path);
    case 8:
        return syscall(SYS_linkat, fd, path, AT_FDCWD, "linked", 0);
    case 9:
        return syscall(SYS_linkat, AT_FDCWD, "file", fd, path, 0);
    case 10:
        return syscall(SYS_renameat2, fd, path, AT_FDCWD, "renamed", 0);
    case 11:
        return syscall(SYS_renameat2, AT_FDCWD, "moving", fd, path, 0);
    case 12:
        return syscall(SYS_faccessat, fd, path, 0);
    case 13:
        return syscall(SYS_fchmodat, fd, path, 0600);
    case 14:
        return syscall(SYS_fchownat, fd, path, -1, -1, 0);
    case 15:
        return syscall(SYS_utimensat, fd, path, NULL, 0);
    case 16:
        return STATUS(fd, path);
    case 17:
        return syscall(SYS_statx, fd, path, 0, 0x7ff, memory);
    case 18:
        return STATFS(path);
    case 19:
        return syscall(SYS_chdir, path);
    default:
        return TRUNCATE(path);
    }
}

static void try(const char *what, int fd, const char *path, int calls)
{
    printf("%s:\n", what);
    for (int which = 0; which < calls; which++) {
        /* Which of two problems is found first is up to the file system. */
        long result = call(which, fd, path);
        printf("  %d: %s\n", which, result < 0 ? strerror(errno) : "ok");
    }
}

int main(void)
{
    static char longest[PATH_MAX + 10], name[300];
    int file = open("file", O_CREAT | O_RDWR, 0600);
    close(open("moving", O_CREAT | O_RDWR, 0600));
    symlink("loop", "loop");
    memset(longest, 'a', sizeof longest - 1);
    memset(name, 'n', 256);
    for (int i = 0; i < PATH_MAX; i += 2)
        memcpy(longest + i, "./", 2);
    try("memory", AT_FDCWD, (void *)8, CALLS);
    try("empty", AT_FDCWD, "", CALLS);
    try("too long", AT_FDCWD, longest, CALLS);
    try("name too long", AT_FDCWD, name, CALLS);
    try("missing directory", AT_FDCWD, "gone/x", CALLS);
    try("below a file", AT_FDCWD, "file/x", CALLS);
    try("loop", AT_FDCWD, "loop/x", CALLS);
    try("closed descriptor", 99, "x", WITHOUT_DIRECTORY);
    try("no directory", file, "x", WITHOUT_DIRECTORY);
    return 0;
}
