/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* C11 atomics of every size, also where the machine has none. */
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

static _Atomic uint8_t one = 250;
static _Atomic uint16_t two = 7;
static _Atomic uint32_t four = 5;
static _Atomic uint64_t eight = 1ull << 40;

static void show(unsigned long long value)
{
    printf("%llx\n", value);
}

int main(void)
{
    uint32_t expected = 6;
    show(atomic_fetch_add(&one, 10));
    show(one);
    show(atomic_fetch_sub(&two, 9));
    show(two);
    show(atomic_compare_exchange_strong(&four, &expected, 9));
    show(expected);
    show(atomic_compare_exchange_strong(&four, &expected, 9));
    show(four);
    show(atomic_fetch_or(&eight, 3));
    show(atomic_fetch_and(&eight, 2));
    show(atomic_fetch_xor(&eight, 7));
    show(atomic_exchange(&eight, 77));
    show(eight);
    return 0;
}
