/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The same board with other registers: not a word differs. */
#include "../qemu-virt/boot.S"
