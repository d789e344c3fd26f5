/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* A number that is known at run time only, and that Linux does not have. */
#include "bench.h"
#include <sys/syscall.h>

static volatile long number = 9999;

REPEAT(syscall(number))
