/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Random bytes of Linux. */
#ifndef ZEROOS_ABI_RANDOM_H
#define ZEROOS_ABI_RANDOM_H

enum { GRND_NONBLOCK = 1, GRND_RANDOM = 2, GRND_INSECURE = 4 };

#endif
