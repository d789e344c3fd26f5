/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

static long all_zero(unsigned *real, unsigned *effective, unsigned *saved)
{
    if (zeroos_outside(real, sizeof *real) || zeroos_outside(effective, sizeof *effective) ||
        zeroos_outside(saved, sizeof *saved))
        return -EFAULT;
    *real = *effective = *saved = 0;
    return 0;
}

long sys_getresuid(unsigned int *real, unsigned int *effective, unsigned int *saved)
{
    return all_zero(real, effective, saved);
}

long sys_getresgid(unsigned int *real, unsigned int *effective, unsigned int *saved)
{
    return all_zero(real, effective, saved);
}
