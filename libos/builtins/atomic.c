/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * What compilers call for C11 atomics on targets without A: plain accesses, right on one hart
 * with cooperative threads. Those of the compiler's own library would call themselves there.
 */
#include <stdbool.h>
#include <stdint.h>

/* clang-format off */
#define FETCH(size, type, name, result)                                                            \
    type zeroos_fetch_##name##_##size(type *, type, int) __asm__("__atomic_fetch_" #name "_" #size); \
    type zeroos_fetch_##name##_##size(type *place, type operand, int order)                        \
    {                                                                                              \
        type before = *(volatile type *)place;                                                     \
        (void)order;                                                                               \
        *(volatile type *)place = (type)(result);                                                  \
        return before;                                                                             \
    }

#define ALL(size, type)                                                                            \
    type zeroos_load_##size(const type *, int) __asm__("__atomic_load_" #size);                    \
    type zeroos_load_##size(const type *place, int order)                                          \
    {                                                                                              \
        (void)order;                                                                               \
        return *(const volatile type *)place;                                                      \
    }                                                                                              \
    void zeroos_store_##size(type *, type, int) __asm__("__atomic_store_" #size);                  \
    void zeroos_store_##size(type *place, type value, int order)                                   \
    {                                                                                              \
        (void)order;                                                                               \
        *(volatile type *)place = value;                                                           \
    }                                                                                              \
    bool zeroos_cas_##size(type *, type *, type, int, int)                                         \
        __asm__("__atomic_compare_exchange_" #size);                                               \
    bool zeroos_cas_##size(type *place, type *expected, type desired, int success, int failure)    \
    {                                                                                              \
        type found = *(volatile type *)place;                                                      \
        (void)success, (void)failure;                                                              \
        if (found != *expected) {                                                                  \
            *expected = found;                                                                     \
            return false;                                                                          \
        }                                                                                          \
        *(volatile type *)place = desired;                                                         \
        return true;                                                                               \
    }                                                                                              \
    type zeroos_exchange_##size(type *, type, int) __asm__("__atomic_exchange_" #size);            \
    type zeroos_exchange_##size(type *place, type value, int order)                                \
    {                                                                                              \
        type before = *(volatile type *)place;                                                     \
        (void)order;                                                                               \
        *(volatile type *)place = value;                                                           \
        return before;                                                                             \
    }                                                                                              \
    FETCH(size, type, add, before + operand)                                                       \
    FETCH(size, type, sub, before - operand)                                                       \
    FETCH(size, type, and, before & operand)                                                       \
    FETCH(size, type, or, before | operand)                                                        \
    FETCH(size, type, xor, before ^ operand)                                                       \
    FETCH(size, type, nand, ~(before & operand))

ALL(1, uint8_t)
ALL(2, uint16_t)
ALL(4, uint32_t)
ALL(8, uint64_t)
