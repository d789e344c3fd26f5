/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Stands before libunwind's own sources.
 *
 * Its one `csrr` asks how long vector registers are (vlenb): no target has any, or that
 * instruction; unwind tables that mean vector registers do not exist then.
 *
 * For Linux it looks at each frame for the instructions of a signal's return, `li a7, 139; ecall`.
 * No image has them, since they are lowered, and the look costs a system call per frame and loads
 * words from wherever a return address points, which machines without misaligned loads refuse. */
#pragma once
__asm__(".macro csrr register, number\n"
        "li \\register, 0\n"
        ".endm");
#include <__libunwind_config.h>
#undef _LIBUNWIND_TARGET_LINUX
