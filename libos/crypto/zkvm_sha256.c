/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <public/zkvm_accelerators.h>
#include <zeroos/host.h>

zkvm_status zkvm_sha256(const uint8_t *data, size_t length, zkvm_sha256_hash *output)
{
    struct zeroos_sha256 state = {0};
    zeroos_sha256_add(&state, data, length);
    zeroos_sha256_end(&state, (unsigned char *)output);
    return ZKVM_EOK;
}
