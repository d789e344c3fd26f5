/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Signals of Linux. */
#ifndef ZEROOS_ABI_SIGNALS_H
#define ZEROOS_ABI_SIGNALS_H

#include <stddef.h>
#include <stdint.h>

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

#endif
