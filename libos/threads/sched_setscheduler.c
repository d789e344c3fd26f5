/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

#define HIGHEST 99

static struct zeroos_thread *find(pid_t pid)
{
    return pid ? zeroos_find_thread(pid) : zeroos_thread;
}

static bool is_real_time(int policy)
{
    return policy == SCHED_FIFO || policy == SCHED_RR;
}

static bool is_ordinary(int policy)
{
    return policy == SCHED_OTHER || policy == SCHED_BATCH || policy == SCHED_IDLE;
}

long sys_sched_setscheduler(pid_t pid, int policy, const struct sched_param *parameters)
{
    int kind = policy & ~SCHED_RESET_ON_FORK;
    if (policy < 0 || pid < 0 || !parameters)
        return -EINVAL;
    if (zeroos_outside(parameters, sizeof *parameters))
        return -EFAULT;
    struct zeroos_thread *thread = find(pid);
    if (!thread)
        return -ESRCH;
    int priority = parameters->priority;
    if (is_real_time(kind))
        return priority >= 1 && priority <= HIGHEST ? -EPERM : -EINVAL;
    if (!is_ordinary(kind) || priority)
        return -EINVAL;
    thread->policy = policy;
    return 0;
}

long sys_sched_setparam(pid_t pid, const struct sched_param *parameters)
{
    if (pid < 0 || !parameters)
        return -EINVAL;
    if (zeroos_outside(parameters, sizeof *parameters))
        return -EFAULT;
    if (!find(pid))
        return -ESRCH;
    return parameters->priority ? -EINVAL : 0;
}

long sys_sched_getscheduler(pid_t pid)
{
    if (pid < 0)
        return -EINVAL;
    const struct zeroos_thread *thread = find(pid);
    return thread ? thread->policy : -ESRCH;
}

long sys_sched_getparam(pid_t pid, struct sched_param *parameters)
{
    if (pid < 0 || !parameters)
        return -EINVAL;
    if (!find(pid))
        return -ESRCH;
    if (zeroos_outside(parameters, sizeof *parameters))
        return -EFAULT;
    parameters->priority = 0;
    return 0;
}

long sys_sched_get_priority_max(int policy)
{
    if (is_real_time(policy))
        return HIGHEST;
    return is_ordinary(policy) || policy == SCHED_DEADLINE ? 0 : -EINVAL;
}

long sys_sched_get_priority_min(int policy)
{
    if (is_real_time(policy))
        return 1;
    return is_ordinary(policy) || policy == SCHED_DEADLINE ? 0 : -EINVAL;
}

long sys_sched_rr_get_interval(pid_t pid, struct timespec *interval)
{
    if (pid < 0)
        return -EINVAL;
    if (!find(pid))
        return -ESRCH;
    if (zeroos_outside(interval, sizeof *interval))
        return -EFAULT;
    *interval = (struct timespec){.tv_sec = 0}; /* without end */
    return 0;
}
