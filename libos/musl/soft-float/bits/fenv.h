/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Floating-point environment without floating-point hardware: no exception flags exist, and
 * rounding is to nearest. musl has the same for its other soft-float machines; its riscv header
 * promises flags that soft-float code never raises.
 */
#define FE_ALL_EXCEPT 0
#define FE_TONEAREST 0

typedef unsigned long fexcept_t;

typedef struct {
    unsigned long __cw;
} fenv_t;

#define FE_DFL_ENV ((const fenv_t *)-1)
