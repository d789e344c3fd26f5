/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Memory maps of Linux. */
#ifndef ZEROOS_ABI_MEMORY_H
#define ZEROOS_ABI_MEMORY_H

enum { PAGE_SIZE = 4096 };

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

#endif
