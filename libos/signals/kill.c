/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/signals.h>
#include <zeroos/syscalls.h>

static long send(struct zeroos_thread *thread, int signal, int code, uintptr_t site)
{
    struct siginfo info = {.signal = signal, .code = code, .pid = 1};
    if (signal < 0 || signal > NSIG)
        return -EINVAL;
    return signal ? zeroos_send(thread, &info, site) : 0;
}

static long send_thread(pid_t tid, int signal, uintptr_t site)
{
    if (tid <= 0)
        return -EINVAL;
    struct zeroos_thread *thread = zeroos_find_thread(tid);
    return thread ? send(thread, signal, SI_TKILL, site) : -ESRCH;
}

long sys_kill(pid_t pid, int signal)
{
    /* The process is number 1, in a group of its own that 0 stands for. */
    return pid == 1 || pid == 0 ? send(NULL, signal, SI_USER, ZEROOS_SITE) : -ESRCH;
}

long sys_tkill(pid_t tid, int signal)
{
    return send_thread(tid, signal, ZEROOS_SITE);
}

long sys_tgkill(pid_t tgid, pid_t tid, int signal)
{
    if (tgid <= 0 || tid <= 0)
        return -EINVAL;
    return tgid == 1 ? send_thread(tid, signal, ZEROOS_SITE) : -ESRCH;
}
