/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/pipes.h>
#include <zeroos/threads.h>

int zeroos_anything;

long zeroos_wait_for(int *futex, uintptr_t site)
{
    int result = zeroos_futex_wait(futex, ~0u, ZEROOS_NEVER, site);
    bool again = zeroos_take_signals();
    return result == -EINTR && !again ? -EINTR : 0;
}

void zeroos_notify(int *futex)
{
    (void)zeroos_futex_wake(futex, INT32_MAX, ~0u);
    (void)zeroos_futex_wake(&zeroos_anything, INT32_MAX, ~0u);
}
