/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef ZEROOS_TRANSFER_H
#define ZEROOS_TRANSFER_H

#include <zeroos/tree.h>

/* transfer.c: as many bytes as could be read and written, from both files' positions. */
long zeroos_transfer(struct zeroos_file *from, struct zeroos_file *to, size_t count,
                     uintptr_t site);

#endif
