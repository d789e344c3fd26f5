/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

long sys_get_robust_list(pid_t tid, unsigned long *head, size_t *length)
{
    const struct zeroos_thread *thread = zeroos_find_thread(tid ? tid : zeroos_tid);
    if (!thread)
        return -ESRCH;
    if (zeroos_outside(head, sizeof *head) || zeroos_outside(length, sizeof *length))
        return -EFAULT;
    *head = (unsigned long)zeroos_get_robust_list(thread);
    *length = sizeof(struct robust_list_head);
    return 0;
}
