/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef ZEROOS_DEVICES_H
#define ZEROOS_DEVICES_H

#include <zeroos/vfs.h>

struct zeroos_device {
    const char *path; /* NULL ends the list */
    struct zeroos_node node;
};
extern const struct zeroos_device zeroos_devices[];

#endif
