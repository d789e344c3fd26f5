/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What Linux says about a process and its machine. */
#ifndef ZEROOS_ABI_PROCESS_H
#define ZEROOS_ABI_PROCESS_H

#include <stdint.h>

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

#endif
