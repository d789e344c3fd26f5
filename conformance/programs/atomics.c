/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

int main(void)
{
    _Atomic uint32_t word = 5;
    _Atomic uint64_t wide = 1;
    _Atomic unsigned char byte = 250;
    uint32_t wanted = 7;
    atomic_fetch_add(&word, 2);
    int swapped = atomic_compare_exchange_strong(&word, &wanted, 40);
    int refused = !atomic_compare_exchange_strong(&word, &wanted, 41);
    for (int i = 0; i < 10; i++) {
        atomic_fetch_add(&byte, 1);
        atomic_fetch_or(&wide, UINT64_C(1) << (6 * i));
    }
    atomic_thread_fence(memory_order_seq_cst);
    printf("%u %d %d %u %d %llx %u\n", (unsigned)word, swapped, refused, (unsigned)wanted, byte,
           (unsigned long long)wide, (unsigned)atomic_exchange(&word, 1));
    return 0;
}
