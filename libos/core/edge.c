/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Where sites of the C library lead that no image can take (syscall_specs/edges.toml). */
#include <zeroos/libos.h>

_Noreturn void zeroos_edge_never(void);

_Noreturn void zeroos_edge_never(void)
{
    zeroos_fail(ZEROOS_HALT, "the C library took a path that this image was built without");
}
