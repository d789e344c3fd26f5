/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "bench.h"

static void *volatile block;

REPEAT(block = malloc(16); free(block))
