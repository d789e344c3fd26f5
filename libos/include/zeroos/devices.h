/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What the kernel itself has in /dev and /proc. */
#ifndef ZEROOS_DEVICES_H
#define ZEROOS_DEVICES_H

#include <zeroos/tree.h>

extern struct zeroos_inode zeroos_dev_inode, zeroos_proc_inode;

/* An inode that never changes; what is special about it follows. */
#define ZEROOS_FIXED_INODE(operations, mode, names, ...)                                           \
    {.node = {operations, mode, 0},                                                                \
     .links = names,                                                                               \
     .references = ZEROOS_STATIC_REFERENCES,                                                       \
     .fixed = true,                                                                                \
     __VA_ARGS__}
#define ZEROOS_FIXED_DIRECTORY(newest, names, directories)                                         \
    ZEROOS_FIXED_INODE(&zeroos_directory, S_IFDIR | 0755, 2 + directories,                         \
                       .directory = {.first = newest, .sequence = names + 1})
#define ZEROOS_FIXED_LINK(text)                                                                    \
    ZEROOS_FIXED_INODE(&zeroos_plain, S_IFLNK | 0777, 1,                                           \
                       .link = {.target = text, .length = sizeof text - 1})

/* Where the text of a file in /proc goes: what the reader asked for of it. */
struct zeroos_sink {
    char *to;
    size_t skip, room;
};
void zeroos_emit(struct zeroos_sink *sink, const char *data, size_t size);
void zeroos_emit_words(struct zeroos_sink *sink, const char *words);
void zeroos_emit_number(struct zeroos_sink *sink, unsigned long value, unsigned base,
                        unsigned digits);

/* texts.c: the files of /proc/self. */
void zeroos_proc_cmdline(struct zeroos_sink *sink);
void zeroos_proc_environ(struct zeroos_sink *sink);
void zeroos_proc_maps(struct zeroos_sink *sink);
void zeroos_proc_stat(struct zeroos_sink *sink);
void zeroos_proc_status(struct zeroos_sink *sink);

#endif
