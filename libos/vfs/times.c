/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <zeroos/clock.h>
#include <zeroos/tree.h>

struct zeroos_time zeroos_time_now(void)
{
    uint64_t now = zeroos_file_time(), seconds = now / NSEC_PER_SEC;
    return (struct zeroos_time){(int64_t)seconds, (uint32_t)(now - seconds * NSEC_PER_SEC)};
}

struct zeroos_time zeroos_time_shown(struct zeroos_time time)
{
    if (!(time.nanoseconds & ZEROOS_ABSOLUTE))
        time.seconds += (int64_t)zeroos_clock_epoch();
    time.nanoseconds &= ~ZEROOS_ABSOLUTE;
    return time;
}

void zeroos_modified(struct zeroos_inode *inode)
{
    inode->modified = inode->changed = zeroos_time_now();
}

void zeroos_changed(struct zeroos_inode *inode)
{
    inode->changed = zeroos_time_now();
}
