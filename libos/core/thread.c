/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/threads.h>

struct zeroos_thread zeroos_first_thread = {
    .tid = 1,
    .canary = zeroos_stack_low,
};
struct zeroos_thread *zeroos_thread = &zeroos_first_thread;
uint64_t zeroos_shared_pending;
