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

/* riscv32 has no other call for this than statx; vfs-statx asks it for more. */
#ifdef SYS_newfstatat
#define STATUS_AT(path, to, flags) syscall(SYS_newfstatat, AT_FDCWD, path, to, flags)
#define STATUS(fd, to) syscall(SYS_fstat, fd, to)
#else
#define STATUS_AT(path, to, flags) syscall(SYS_statx, AT_FDCWD, path, flags, 0x7ff, to)
#define STATUS(fd, to) syscall(SYS_statx, fd, "", AT_EMPTY_PATH, 0x7ff, to)
#endif

int main(void)
{
    static char longest[5000];
    struct stat status;
    memset(longest, 'a', sizeof longest - 1);
    show("missing", open("/dev/not there", O_RDONLY));
    show("empty", open("", O_RDONLY));
    show("long", open(longest, O_RDONLY));
    show("pointer", syscall(SYS_openat, AT_FDCWD, (void *)8, O_RDONLY, 0));
    show("exclusive", open("/dev/null", O_RDWR | O_CREAT | O_EXCL, 0600));
    show("directory", open("/dev/null", O_RDONLY | O_DIRECTORY));
    show("descriptor", openat(99, "file", O_RDONLY));
    show("not a directory", openat(0, "file", O_RDONLY));
    show("absolute", openat(99, "/dev/null", O_RDONLY));
    show("stat missing", stat("/dev/not there", &status));
    show("stat long", stat(longest, &status));
    show("stat flags", STATUS_AT("/dev/null", &status, 0x40000000));
    show("stat pointer", STATUS_AT("/dev/null", (void *)8, 0));
    show("fstat closed", fstat(99, &status));
    show("fstat pointer", STATUS(0, (void *)8));
    show("unlink missing", unlink("/dev/not there"));
    show("unlink flags", unlinkat(AT_FDCWD, "/dev/null", 0x40000000));
    show("rename missing", rename("/dev/not there", "/dev/there"));
    show("rename flags", syscall(SYS_renameat2, AT_FDCWD, "/dev/null", AT_FDCWD, "/dev/x", 64));
    return 0;
}
