/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>
#include <zeroos/vfs.h>

long sys_prlimit64(pid_t pid, unsigned int resource, const struct rlimit64 *new_limit,
                   struct rlimit64 *old_limit)
{
    if (resource >= RLIM_NLIMITS)
        return -EINVAL;
    if (pid != 0 && pid != 1)
        return -ESRCH;
    if (new_limit) {
        if (zeroos_outside(new_limit, sizeof *new_limit))
            return -EFAULT;
        if (new_limit->current > new_limit->maximum)
            return -EINVAL;
    }
    if (old_limit) {
        if (zeroos_outside(old_limit, sizeof *old_limit))
            return -EFAULT;
        uint64_t limit = UINT64_MAX;
        if (resource == RLIMIT_STACK)
            limit = (uint64_t)((uintptr_t)zeroos_stack_high - (uintptr_t)zeroos_stack_low);
        else if (resource == RLIMIT_NOFILE)
            limit = ZEROOS_MAX_FILES;
        else if (resource == RLIMIT_CORE)
            limit = 0;
        old_limit->current = old_limit->maximum = limit;
    }
    return 0;
}
