/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Random bytes are the next bytes of the private input: the prover chooses them. */
#include <zeroos/input.h>
#include <zeroos/random.h>

void zeroos_random_bytes(void *buffer, size_t length, bool secure)
{
    (void)secure;
    if (!zeroos_input_exactly(buffer, length))
        zeroos_fail(ZEROOS_DENIED, "the private input ended before the random bytes asked for");
}

const bool zeroos_random_denied = false;
