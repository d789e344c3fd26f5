/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Assembly for both widths: a machine word is LOAD and STORE of WORD bytes. */
#ifndef ZEROOS_ASSEMBLY_H
#define ZEROOS_ASSEMBLY_H

#if __riscv_xlen == 64
#define LOAD ld
#define STORE sd
#define WORD 8
#define WORD_SHIFT 3
#else
#define LOAD lw
#define STORE sw
#define WORD 4
#define WORD_SHIFT 2
#endif

/* What follows is no C. */
/* clang-format off */
#define FUNCTION(name)                                                                             \
    .section .text.name, "ax", @progbits;                                                          \
    .globl name;                                                                                   \
    .type name, @function;                                                                         \
    name:
#define END(name) .size name, . - name

#endif
