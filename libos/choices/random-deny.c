/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* No random byte is ever handed out: whoever makes the proof could choose it. */
#include <zeroos/random.h>

void zeroos_random_bytes(void *buffer, size_t length, bool secure)
{
    if (secure)
        zeroos_fail(ZEROOS_DENIED, "random bytes were asked for, and [abi.random] denies them");
    memset(buffer, 0x5a, length);
}

const bool zeroos_random_denied = true;
