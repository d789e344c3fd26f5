/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/clock.h>
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

long sys_getrusage(int who, struct rusage *usage)
{
    if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD)
        return -EINVAL;
    if (zeroos_outside(usage, sizeof *usage))
        return -EFAULT;
    memset(usage, 0, sizeof *usage);
    if (who != RUSAGE_CHILDREN) {
        uint64_t now = zeroos_read_clock(false);
        usage->user.tv_sec = (long)(now / NSEC_PER_SEC);
        usage->user.tv_usec = (long)(now % NSEC_PER_SEC / 1000);
    }
    return 0;
}
