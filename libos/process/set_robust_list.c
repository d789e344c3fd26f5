/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/syscalls.h>
#include <zeroos/threads.h>

long sys_set_robust_list(void *head, size_t length)
{
    if (length != sizeof(struct robust_list_head))
        return -EINVAL;
    zeroos_set_robust_list(head);
    return 0;
}
