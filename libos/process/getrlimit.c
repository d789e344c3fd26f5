/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

long sys_getrlimit(unsigned int resource, struct rlimit64 *limit)
{
    return limit ? sys_prlimit64(0, resource, NULL, limit) : -EFAULT;
}

long sys_setrlimit(unsigned int resource, const struct rlimit64 *limit)
{
    return limit ? sys_prlimit64(0, resource, limit, NULL) : -EFAULT;
}
