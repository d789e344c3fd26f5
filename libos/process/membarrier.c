/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

/* There is one hart, so every thread has passed a barrier when it runs again. */
#define COMMANDS                                                                                   \
    (MEMBARRIER_GLOBAL | MEMBARRIER_GLOBAL_EXPEDITED | MEMBARRIER_REGISTER_GLOBAL_EXPEDITED |      \
     MEMBARRIER_PRIVATE_EXPEDITED | MEMBARRIER_REGISTER_PRIVATE_EXPEDITED)

long sys_membarrier(int command, unsigned int flags, int cpu)
{
    static bool registered;
    (void)cpu;
    if (flags)
        return -EINVAL;
    switch (command) {
    case MEMBARRIER_QUERY:
        return COMMANDS;
    case MEMBARRIER_REGISTER_PRIVATE_EXPEDITED:
        registered = true;
        return 0;
    case MEMBARRIER_PRIVATE_EXPEDITED:
        return registered ? 0 : -EPERM;
    case MEMBARRIER_GLOBAL:
    case MEMBARRIER_GLOBAL_EXPEDITED:
    case MEMBARRIER_REGISTER_GLOBAL_EXPEDITED:
        return 0;
    }
    return -EINVAL;
}
