/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "bench.h"

REPEAT(write(1, "a line of exactly 31 characters\n", 32))
