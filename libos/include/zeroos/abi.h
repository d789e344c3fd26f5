/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Linux as its programs see it on RISC-V: numbers and layouts of the kernel interface.
 * Sources: Linux include/uapi/asm-generic and arch/riscv/include/uapi/asm, version 6.1.
 * `long` and pointers have the machine's width, so both rv64 and rv32 are described, the latter
 * with 64-bit time.
 */
#ifndef ZEROOS_ABI_H
#define ZEROOS_ABI_H

#include <stddef.h>
#include <stdint.h>

#include <zeroos/abi/errno.h>
#include <zeroos/abi/files.h>
#include <zeroos/abi/memory.h>
#include <zeroos/abi/process.h>
#include <zeroos/abi/random.h>
#include <zeroos/abi/signals.h>
#include <zeroos/abi/threads.h>
#include <zeroos/abi/time.h>

#endif
