/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "bench.h"
#include <pthread.h>

static void *nothing(void *argument)
{
    return argument;
}

REPEAT(pthread_t thread; pthread_create(&thread, NULL, nothing, NULL); pthread_join(thread, NULL))
