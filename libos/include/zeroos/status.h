/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef ZEROOS_STATUS_H
#define ZEROOS_STATUS_H

#include <zeroos/tree.h>

/* What fstat, newfstatat and statx have in common. */
struct zeroos_status {
    const struct zeroos_node *node;
    unsigned mode, uid, gid, device;
    unsigned long links;
    int64_t size;
    uint64_t blocks; /* of 512 bytes */
    struct zeroos_time accessed, modified, changed;
};

/* status.c */
void zeroos_describe(const struct zeroos_walk *walk, struct zeroos_status *status);

#endif
