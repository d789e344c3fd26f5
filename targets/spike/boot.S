/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/vector.h>

/* Spike: its boot ROM jumps to the entry in machine mode, all registers but the pc undefined. */
ZEROOS_ENTRY
    tail zeroos_start
END(zeroos_entry)

/* The host looks these up by name and polls them; their places stand in target.toml. The code
 * segment is not writable, and on the simulator nothing enforces that; for the embedded machine
 * they are devices. */
    .org 0x40
    .globl tohost
    .type tohost, @object
tohost:
    .dword 0
    .size tohost, 8
    .org 0x80
    .globl fromhost
    .type fromhost, @object
fromhost:
    .dword 0
    .size fromhost, 8

ZEROOS_START_WITH_VECTOR

/* A trap that is no system call ends the run as a failure. */
ZEROOS_VECTOR
    ZEROOS_SYSCALL_VECTOR
    ZEROOS_TRAP_FAILS
END(zeroos_vector)
