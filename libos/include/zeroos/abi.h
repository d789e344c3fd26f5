/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Linux as its programs see it on RISC-V: numbers and layouts of the kernel interface.
 * Sources: Linux include/uapi/asm-generic and arch/riscv/include/uapi/asm, version 6.1.
 * `long` and pointers have the machine's width, so both rv64 and rv32 are described, the latter
 * with 64-bit time.
 */
#ifndef ZEROOS_ABI_H
#define ZEROOS_ABI_H

#include <stddef.h>
#include <stdint.h>

/* asm-generic/errno-base.h, asm-generic/errno.h */
enum {
    EPERM = 1,
    ENOENT = 2,
    ESRCH = 3,
    EINTR = 4,
    EIO = 5,
    ENXIO = 6,
    EBADF = 9,
    ECHILD = 10,
    EAGAIN = 11,
    ENOMEM = 12,
    EACCES = 13,
    EFAULT = 14,
    EBUSY = 16,
    EEXIST = 17,
    EXDEV = 18,
    ENODEV = 19,
    ENOTDIR = 20,
    EISDIR = 21,
    EINVAL = 22,
    EMFILE = 24,
    ENOTTY = 25,
    EFBIG = 27,
    ENOSPC = 28,
    ESPIPE = 29,
    EMLINK = 31,
    EPIPE = 32,
    ERANGE = 34,
    EDEADLK = 35,
    ENAMETOOLONG = 36,
    ENOSYS = 38,
    ENOTEMPTY = 39,
    ELOOP = 40,
    EOVERFLOW = 75,
    EPROTONOSUPPORT = 93,
    ESOCKTNOSUPPORT = 94,
    EOPNOTSUPP = 95,
    EAFNOSUPPORT = 97,
    ECONNRESET = 104,
    ETIMEDOUT = 110,
};

enum { PAGE_SIZE = 4096 };

/* --- time --- */

struct timespec {
    int64_t tv_sec;
    long tv_nsec;
#if __riscv_xlen == 32
    long padding; /* only the low half of 64-bit nanoseconds counts */
#endif
};

struct timeval {
    int64_t tv_sec;
    int64_t tv_usec;
};

/* As older calls have it. */
struct timeval_long {
    long tv_sec, tv_usec;
};

struct itimerval {
    struct timeval_long interval, value;
};

struct timezone {
    int minutes_west;
    int dst;
};

enum {
    CLOCK_REALTIME = 0,
    CLOCK_MONOTONIC = 1,
    CLOCK_PROCESS_CPUTIME_ID = 2,
    CLOCK_THREAD_CPUTIME_ID = 3,
    CLOCK_MONOTONIC_RAW = 4,
    CLOCK_REALTIME_COARSE = 5,
    CLOCK_MONOTONIC_COARSE = 6,
    CLOCK_BOOTTIME = 7,
    CLOCK_REALTIME_ALARM = 8,
    CLOCK_BOOTTIME_ALARM = 9,
    CLOCK_TAI = 11,
    TIMER_ABSTIME = 1,
    ITIMER_REAL = 0,
};

/* --- process --- */

struct new_utsname {
    char sysname[65], nodename[65], release[65], version[65], machine[65], domainname[65];
};

struct rlimit64 {
    uint64_t current, maximum;
};

enum {
    RLIMIT_STACK = 3,
    RLIMIT_CORE = 4,
    RLIMIT_NOFILE = 7,
    RLIM_NLIMITS = 16,
    RUSAGE_SELF = 0,
    RUSAGE_CHILDREN = -1,
    RUSAGE_THREAD = 1,
};

struct rusage {
    struct {
        long tv_sec, tv_usec;
    } user, system;
    long maxrss, ixrss, idrss, isrss, minflt, majflt, nswap, inblock, oublock, msgsnd, msgrcv,
        nsignals, nvcsw, nivcsw;
};

struct tms {
    long user, system, children_user, children_system;
};

enum {
    PR_GET_DUMPABLE = 3,
    PR_SET_DUMPABLE = 4,
    PR_SET_NAME = 15,
    PR_GET_NAME = 16,
    PRIO_PROCESS = 0,
    PRIO_PGRP = 1,
    PRIO_USER = 2,
    MEMBARRIER_QUERY = 0,
    MEMBARRIER_GLOBAL = 1,
    MEMBARRIER_GLOBAL_EXPEDITED = 2,
    MEMBARRIER_REGISTER_GLOBAL_EXPEDITED = 4,
    MEMBARRIER_PRIVATE_EXPEDITED = 8,
    MEMBARRIER_REGISTER_PRIVATE_EXPEDITED = 16,
    P_ALL = 0,
    P_PID = 1,
    P_PGID = 2,
    P_PIDFD = 3,
    WNOHANG = 0x1,
    WUNTRACED = 0x2,
    WSTOPPED = WUNTRACED,
    WEXITED = 0x4,
    WCONTINUED = 0x8,
    WNOWAIT = 0x01000000,
};
#define WNOTHREAD 0x20000000u
#define WALL 0x40000000u
#define WCLONE 0x80000000u

struct sysinfo {
    long uptime;
    unsigned long loads[3];
    unsigned long totalram, freeram, sharedram, bufferram, totalswap, freeswap;
    unsigned short procs, padding;
    unsigned long totalhigh, freehigh;
    unsigned int mem_unit;
#if __riscv_xlen == 32
    char more_padding[8];
#endif
};

/* --- memory --- */

enum {
    PROT_READ = 1,
    PROT_WRITE = 2,
    PROT_EXEC = 4,
    PROT_GROWSDOWN = 0x01000000,
    PROT_GROWSUP = 0x02000000,
    MAP_SHARED = 0x01,
    MAP_PRIVATE = 0x02,
    MAP_SHARED_VALIDATE = 0x03,
    MAP_TYPE = 0x0f,
    MAP_FIXED = 0x10,
    MAP_ANONYMOUS = 0x20,
    MAP_FIXED_NOREPLACE = 0x100000,
    MREMAP_MAYMOVE = 1,
    MREMAP_FIXED = 2,
    MREMAP_DONTUNMAP = 4,
    MS_ASYNC = 1,
    MS_INVALIDATE = 2,
    MS_SYNC = 4,
    MCL_CURRENT = 1,
    MCL_FUTURE = 2,
    MCL_ONFAULT = 4,
    MLOCK_ONFAULT = 1,
    MADV_NORMAL = 0,
    MADV_DONTNEED = 4,
    MADV_FREE = 8,
    MADV_REMOVE = 9,
    MADV_DONTNEED_LOCKED = 24,
    MADV_COLLAPSE =
        25, /* the last but those for hardware errors, which need CONFIG_MEMORY_FAILURE */
};

/* --- threads --- */

enum {
    CLONE_VM = 0x00000100,
    CLONE_FS = 0x00000200,
    CLONE_SIGHAND = 0x00000800,
    CLONE_PIDFD = 0x00001000,
    CLONE_VFORK = 0x00004000,
    CLONE_THREAD = 0x00010000,
    CLONE_NEWNS = 0x00020000,
    CLONE_SYSVSEM = 0x00040000,
    CLONE_SETTLS = 0x00080000,
    CLONE_PARENT_SETTID = 0x00100000,
    CLONE_CHILD_CLEARTID = 0x00200000,
    CLONE_CHILD_SETTID = 0x01000000,
    CLONE_NEWCGROUP = 0x02000000,
    CLONE_NEWUTS = 0x04000000,
    CLONE_NEWIPC = 0x08000000,
    CLONE_NEWUSER = 0x10000000,
    CLONE_NEWPID = 0x20000000,
    CLONE_NEWNET = 0x40000000,
};

enum {
    FUTEX_WAIT = 0,
    FUTEX_WAKE = 1,
    FUTEX_REQUEUE = 3,
    FUTEX_CMP_REQUEUE = 4,
    FUTEX_WAKE_OP = 5,
    FUTEX_LOCK_PI = 6,
    FUTEX_UNLOCK_PI = 7,
    FUTEX_TRYLOCK_PI = 8,
    FUTEX_WAIT_BITSET = 9,
    FUTEX_WAKE_BITSET = 10,
    FUTEX_LOCK_PI2 = 13,
    FUTEX_PRIVATE_FLAG = 128,
    FUTEX_CLOCK_REALTIME = 256,
};
struct sched_param {
    int priority;
};

enum {
    SCHED_OTHER = 0,
    SCHED_FIFO = 1,
    SCHED_RR = 2,
    SCHED_BATCH = 3,
    SCHED_IDLE = 5,
    SCHED_DEADLINE = 6,
    SCHED_RESET_ON_FORK = 0x40000000,
};

#define FUTEX_WAITERS 0x80000000u
#define FUTEX_OWNER_DIED 0x40000000u
#define FUTEX_TID_MASK 0x3fffffffu

struct robust_list {
    struct robust_list *next;
};

struct robust_list_head {
    struct robust_list list;
    long futex_offset;
    struct robust_list *pending;
};

/* --- signals --- */

enum {
    SIGHUP = 1,
    SIGINT = 2,
    SIGQUIT = 3,
    SIGILL = 4,
    SIGTRAP = 5,
    SIGABRT = 6,
    SIGBUS = 7,
    SIGFPE = 8,
    SIGKILL = 9,
    SIGSEGV = 11,
    SIGPIPE = 13,
    SIGALRM = 14,
    SIGCHLD = 17,
    SIGCONT = 18,
    SIGSTOP = 19,
    SIGTSTP = 20,
    SIGTTIN = 21,
    SIGTTOU = 22,
    SIGURG = 23,
    SIGWINCH = 28,
    SIGSYS = 31,
    SIGRTMIN = 32, /* the kernel's; C libraries keep some for themselves */
    NSIG = 64,     /* signals are 1 to NSIG */
};

enum {
    SA_SIGINFO = 0x4,
    SA_RESTORER = 0x04000000,
    SA_ONSTACK = 0x08000000,
    SA_RESTART = 0x10000000,
    SA_NODEFER = 0x40000000,
    SIG_BLOCK = 0,
    SIG_UNBLOCK = 1,
    SIG_SETMASK = 2,
    SS_ONSTACK = 1,
    SS_DISABLE = 2,
    MINSIGSTKSZ = 2048,
    SI_USER = 0,
    SI_KERNEL = 128,
    SI_TKILL = -6,
};
#define SA_RESETHAND 0x80000000ul
#define SS_AUTODISARM 0x80000000u
#define SIG_DFL 0ul
#define SIG_IGN 1ul

/* The kernel's sigset_t: one bit for each signal. */
struct sigaction {
    unsigned long handler;
    unsigned long flags;
    uint64_t mask;
};

/* RISC-V has no SA_RESTORER. musl's header for riscv32 defines it nevertheless, and then its mask
 * stands one word further on than the kernel looks for it. */
struct sigaction_restorer {
    unsigned long handler;
    unsigned long flags;
    unsigned long restorer;
    unsigned long mask[2];
};

struct sigaltstack {
    unsigned long base;
    int flags;
    size_t size;
};

struct siginfo {
    int signal, error, code;
#if __riscv_xlen == 64
    int padding;
#endif
    int pid;
    int uid;
    unsigned long value;
    char rest[128 - (__riscv_xlen == 64 ? 6 : 5) * sizeof(int) - sizeof(long)];
};

struct ucontext {
    unsigned long flags;
    struct ucontext *link;
    struct sigaltstack stack;
    uint64_t mask __attribute__((packed, aligned(sizeof(long))));
    char unused[128 - sizeof(uint64_t)];
    /* Of struct sigcontext: pc, then x1 to x31; floating-point state, which we do not have. */
    unsigned long x[32] __attribute__((aligned(16)));
    char float_state[528];
};

/* --- files --- */

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

/* --- random --- */

enum { GRND_NONBLOCK = 1, GRND_RANDOM = 2, GRND_INSECURE = 4 };

#endif
