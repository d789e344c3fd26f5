/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Files, directories, descriptors and sockets of Linux. */
#ifndef ZEROOS_ABI_FILES_H
#define ZEROOS_ABI_FILES_H

#include <stddef.h>
#include <stdint.h>

struct iovec {
    void *base;
    size_t length;
};

enum { IOV_MAX = 1024 };
/* What one read or write transfers at most. */
#define MAX_RW_COUNT 0x7ffff000ul

struct stat {
    unsigned long dev, ino;
    unsigned int mode, nlink, uid, gid;
    unsigned long rdev, padding;
    long size;
    int blksize, padding2;
    long blocks;
    long atime, atime_nsec, mtime, mtime_nsec, ctime, ctime_nsec;
    unsigned int unused[2];
};

/* linux/stat.h */
struct statx_timestamp {
    int64_t tv_sec;
    uint32_t tv_nsec;
    int32_t padding;
};

struct statx {
    uint32_t mask, blksize;
    uint64_t attributes;
    uint32_t nlink, uid, gid;
    uint16_t mode, padding;
    uint64_t ino, size, blocks, attributes_mask;
    struct statx_timestamp atime, btime, ctime, mtime;
    uint32_t rdev_major, rdev_minor, dev_major, dev_minor;
    uint64_t unused[14];
};

enum {
    STATX_BASIC_STATS = 0x7ff,
    AT_STATX_SYNC_TYPE = 0x6000,
};
#define STATX_RESERVED 0x80000000u

enum {
    S_IFMT = 0170000,
    S_IFIFO = 0010000,
    S_IFCHR = 0020000,
    S_IFDIR = 0040000,
    S_IFREG = 0100000,
    S_IFLNK = 0120000,
    S_IFSOCK = 0140000,
    S_IFBLK = 0060000,
    S_ISUID = 0004000,
    S_ISGID = 0002000,
    S_ISVTX = 0001000,
};

enum {
    O_RDONLY = 0,
    O_WRONLY = 1,
    O_RDWR = 2,
    O_ACCMODE = 3,
    O_CREAT = 0100,
    O_EXCL = 0200,
    O_NOCTTY = 0400,
    O_TRUNC = 01000,
    O_APPEND = 02000,
    O_NONBLOCK = 04000,
    O_DIRECTORY = 0200000,
    O_NOFOLLOW = 0400000,
    O_NOATIME = 01000000,
    O_CLOEXEC = 02000000,
    O_PATH = 010000000,
    O_TMPFILE = 020200000, /* with O_DIRECTORY */
    AT_FDCWD = -100,
    AT_SYMLINK_NOFOLLOW = 0x100,
    AT_REMOVEDIR = 0x200,
    AT_EACCESS = 0x200,
    AT_SYMLINK_FOLLOW = 0x400,
    AT_NO_AUTOMOUNT = 0x800,
    AT_EMPTY_PATH = 0x1000,
    PATH_MAX = 4096,
    NAME_MAX = 255,
};

enum {
    F_DUPFD = 0,
    F_GETFD = 1,
    F_SETFD = 2,
    F_GETFL = 3,
    F_SETFL = 4,
    /* riscv32 uses those of 64-bit offsets */
    F_GETLK = __riscv_xlen == 64 ? 5 : 12,
    F_SETLK = F_GETLK + 1,
    F_SETLKW = F_GETLK + 2,
    F_DUPFD_CLOEXEC = 1030,
    F_GETPIPE_SZ = 1032,
    FD_CLOEXEC = 1,
    F_RDLCK = 0,
    F_WRLCK = 1,
    F_UNLCK = 2,
    SEEK_SET = 0,
    SEEK_CUR = 1,
    SEEK_END = 2,
    SEEK_DATA = 3,
    SEEK_HOLE = 4, /* the last of them */
    RENAME_NOREPLACE = 1,
    RENAME_EXCHANGE = 2,
    RENAME_WHITEOUT = 4,
};

/* linux/dirent.h; the name follows */
struct linux_dirent64 {
    uint64_t ino;
    int64_t offset;
    uint16_t length;
    uint8_t type; /* S_IFMT >> 12 */
    char name[];
};

/* asm-generic/statfs.h. On riscv32 there is only statfs64. */
struct statfs {
    long type, bsize;
    uint64_t blocks, bfree, bavail, files, ffree;
    int fsid[2];
    long namelen, frsize, flags, spare[4];
};

/* As programs give it to fcntl: 64-bit offsets on riscv32 too (fcntl64). */
struct flock {
    short type, whence;
    long long start, length;
    int pid;
};

struct pollfd {
    int fd;
    short events, revents;
};

enum {
    POLLIN = 0x001,
    POLLPRI = 0x002,
    POLLOUT = 0x004,
    POLLERR = 0x008,
    POLLHUP = 0x010,
    POLLNVAL = 0x020,
    POLLRDNORM = 0x040,
    POLLWRNORM = 0x100,
    POLLRDHUP = 0x2000,
};

/* asm-generic/ioctls.h */
enum {
    FIONREAD = 0x541b,
    FIONBIO = 0x5421,
    FIONCLEX = 0x5450,
    FIOCLEX = 0x5451,
};

enum { UTIME_NOW = 0x3fffffff, UTIME_OMIT = 0x3ffffffe };
enum { R_OK = 4, W_OK = 2, X_OK = 1 };
enum { CLOSE_RANGE_UNSHARE = 2, CLOSE_RANGE_CLOEXEC = 4 };
enum { FALLOC_FL_KEEP_SIZE = 1, FALLOC_FL_PUNCH_HOLE = 2, FALLOC_FL_ZERO_RANGE = 16 };
enum { EFD_SEMAPHORE = 1 };
enum { MFD_CLOEXEC = 1, MFD_ALLOW_SEALING = 2, MFD_NOEXEC_SEAL = 8, MFD_EXEC = 16 };
enum { AF_UNIX = 1, AF_INET = 2, SOCK_STREAM = 1, SOCK_TYPE = 15 };
enum { TMPFS_MAGIC = 0x01021994, PIPEFS_MAGIC = 0x50495045 };

#endif
