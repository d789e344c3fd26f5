/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/libos.h>
#include <zeroos/syscalls.h>

/* Handlers return as functions do; what calls this has no frame to return from. */
long sys_rt_sigreturn(struct zeroos_frame *frame)
{
    (void)frame;
    zeroos_fail(ZEROOS_HALT, "rt_sigreturn was called, and no signal handler returns by it");
}
