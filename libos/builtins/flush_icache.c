/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* __builtin___clear_cache calls this. Memory with PROT_EXEC is refused, so no code is ever new. */
#include <zeroos/libos.h>

int __riscv_flush_icache(void *start, void *end, unsigned long flags);
int __riscv_flush_icache(void *start, void *end, unsigned long flags)
{
    (void)start, (void)end, (void)flags;
    return 0;
}

__attribute__((weak, alias("__riscv_flush_icache"))) int riscv_flush_icache(void *start, void *end,
                                                                            unsigned long flags);
