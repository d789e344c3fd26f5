/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>
#include <zeroos/syscalls.h>

/* Everyone may say what they like to themselves, so no code is refused. */
static long send(struct zeroos_thread *thread, int signal, const struct siginfo *info,
                 uintptr_t site)
{
    if (signal < 0 || signal > NSIG)
        return -EINVAL;
    struct siginfo own = *info;
    own.signal = signal;
    return signal ? zeroos_send(thread, &own, site) : 0;
}

long sys_rt_sigqueueinfo(pid_t pid, int signal, const struct siginfo *info)
{
    if (zeroos_outside(info, sizeof *info))
        return -EFAULT;
    return pid == 1 ? send(NULL, signal, info, ZEROOS_SITE) : -ESRCH;
}

long sys_rt_tgsigqueueinfo(pid_t tgid, pid_t tid, int signal, const struct siginfo *info)
{
    if (zeroos_outside(info, sizeof *info))
        return -EFAULT;
    if (tgid <= 0 || tid <= 0)
        return -EINVAL;
    struct zeroos_thread *thread = tgid == 1 ? zeroos_find_thread(tid) : NULL;
    return thread ? send(thread, signal, info, ZEROOS_SITE) : -ESRCH;
}
