/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Memory never leaves the machine, so it is always locked. */
#include <zeroos/memory.h>
#include <zeroos/syscalls.h>

static long check(uintptr_t address, size_t length)
{
    uintptr_t start = address & -(uintptr_t)PAGE_SIZE, end = address + length;
    size_t size = zeroos_page_up(end - start);
    if (end < address || start + size < start)
        return -EINVAL;
    return size == 0 || zeroos_range_mapped(start, size) ? 0 : -ENOMEM;
}

long sys_mlock(const void *address, size_t length)
{
    return check((uintptr_t)address, length);
}

long sys_mlock2(const void *address, size_t length, int flags)
{
    return flags & ~MLOCK_ONFAULT ? -EINVAL : check((uintptr_t)address, length);
}

long sys_munlock(const void *address, size_t length)
{
    return check((uintptr_t)address, length);
}

long sys_mlockall(int flags)
{
    if (!flags || flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) || flags == MCL_ONFAULT)
        return -EINVAL;
    return 0;
}
