/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

long sys_sched_setscheduler(pid_t pid, int policy, const struct sched_param *parameters)
{
    if (pid < 0 || !parameters)
        return -EINVAL;
    if (zeroos_outside(parameters, sizeof *parameters))
        return -EFAULT;
    if (pid && !zeroos_find_thread(pid))
        return -ESRCH;
    int priority = parameters->priority;
    if (policy == SCHED_FIFO || policy == SCHED_RR)
        return priority >= 1 && priority <= 99 ? -EPERM : -EINVAL;
    if (policy != SCHED_OTHER && policy != SCHED_BATCH && policy != SCHED_IDLE)
        return -EINVAL;
    return priority == 0 ? 0 : -EINVAL;
}
