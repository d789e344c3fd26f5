/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Hash functions by the names of the zkVM standards' C interface for accelerators. On a target that
 * has an accelerator for one it is used; elsewhere a portable version is linked. Pointers may have
 * any alignment. None of these can fail.
 */
#ifndef ZKVM_ACCELERATORS_H
#define ZKVM_ACCELERATORS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { ZKVM_EOK = 0, ZKVM_EFAIL = -1 } zkvm_status;

typedef struct {
    uint8_t data[32];
} __attribute__((aligned(8))) zkvm_bytes_32;
typedef zkvm_bytes_32 zkvm_keccak256_hash;
typedef zkvm_bytes_32 zkvm_sha256_hash;

/* Keccak-256 as Ethereum has it: the padding of Keccak, not that of SHA-3. */
zkvm_status zkvm_keccak256(const uint8_t *data, size_t length, zkvm_keccak256_hash *output);

/* SHA-256 (FIPS 180-4). */
zkvm_status zkvm_sha256(const uint8_t *data, size_t length, zkvm_sha256_hash *output);

#ifdef __cplusplus
}
#endif

#endif
