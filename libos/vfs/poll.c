/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/pipes.h>

int zeroos_events(struct zeroos_file *file)
{
    const struct zeroos_more *more = file->node->operations->more;
    if (more && more->poll)
        return more->poll(file);
    if (file->flags & O_PATH)
        return POLLNVAL;
    int in = POLLIN | POLLRDNORM, out = POLLOUT | POLLWRNORM;
    /* Files and devices never make anybody wait, whatever they were opened for. */
    if (more)
        return in | out;
    return (zeroos_readable(file) ? in : 0) | (zeroos_writable(file) ? out : 0);
}
