/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* There never is a child to wait for; what is wrong with the question comes first. */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

#define EITHER (WNOTHREAD | WCLONE | WALL | WNOHANG)

long sys_wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
    (void)status, (void)usage;
    if ((unsigned)options & ~(EITHER | WUNTRACED | WCONTINUED))
        return -EINVAL;
    return pid == INT32_MIN ? -ESRCH : -ECHILD;
}

static long check(int which, pid_t id, int options)
{
    unsigned states = WEXITED | WSTOPPED | WCONTINUED;
    if ((unsigned)options & ~(EITHER | WNOWAIT | states) || !((unsigned)options & states))
        return -EINVAL;
    switch (which) {
    case P_ALL:
        return -ECHILD;
    case P_PID:
        return id > 0 ? -ECHILD : -EINVAL;
    case P_PGID:
        return id >= 0 ? -ECHILD : -EINVAL;
    case P_PIDFD:
        return id >= 0 ? -EBADF : -EINVAL;
    }
    return -EINVAL;
}

/* Whatever is wrong, the information says that it is about no child. */
long sys_waitid(int which, pid_t id, struct siginfo *info, int options, struct rusage *usage)
{
    (void)usage;
    if (info && zeroos_outside(info, sizeof *info))
        return -EFAULT;
    if (info) {
        info->signal = info->error = info->code = info->pid = info->uid = 0;
        memset(&info->value, 0, sizeof(int)); /* the status */
    }
    return check(which, id, options);
}
