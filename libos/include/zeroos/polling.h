/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef ZEROOS_POLLING_H
#define ZEROOS_POLLING_H

#include <zeroos/pipes.h>
#include <zeroos/signals.h>

/* What ppoll and pselect6 have in common: they look, and wait until something has changed or the
 * deadline has come (polling.c). */

/* Checks time and mask of a call; the deadline, or an error. */
long zeroos_check_polling(const struct timespec *timeout, const unsigned long *mask, size_t size,
                          uint64_t *deadline);
/* After a look that found nothing: 1 to look again, 0 when the time is over, -EINTR. */
long zeroos_go_on_polling(uint64_t deadline, uintptr_t site);

#endif
