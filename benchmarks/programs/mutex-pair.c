/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "bench.h"
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

REPEAT(pthread_mutex_lock(&lock); pthread_mutex_unlock(&lock))
