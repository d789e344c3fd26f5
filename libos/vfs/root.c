/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * What is there before anything was made: /, /tmp, and the names of devices and of /proc in
 * devices.c and proc.c. What the manifest embeds comes in by weak names: the object with it
 * stands in the link only if there is something to embed.
 */
#include <zeroos/devices.h>

/* Newest first; and how many of them are directories, as an address. */
extern struct zeroos_entry zeroos_embedded ZEROOS_WEAK, zeroos_embedded_tmp ZEROOS_WEAK;
extern char zeroos_embedded_directories[] ZEROOS_WEAK,
    zeroos_embedded_tmp_directories[] ZEROOS_WEAK;

struct zeroos_inode zeroos_tmp_inode = {
    .node = {&zeroos_directory, S_IFDIR | S_ISVTX | 0777, 0},
    .links = 2 + (unsigned long)zeroos_embedded_tmp_directories,
    .references = ZEROOS_STATIC_REFERENCES,
    .directory = {.first = &zeroos_embedded_tmp, .sequence = ZEROOS_FIRST_SEQUENCE},
};

struct zeroos_inode zeroos_root_inode = {
    .node = {&zeroos_directory, S_IFDIR | 0755, 0},
    .links = 2 + 3 + (unsigned long)zeroos_embedded_directories,
    .references = ZEROOS_STATIC_REFERENCES,
    .directory = {.first = &zeroos_proc, .sequence = ZEROOS_FIRST_SEQUENCE + 4},
};

struct zeroos_entry zeroos_root = {
    .parent = &zeroos_root,
    .inode = &zeroos_root_inode,
    .references = ZEROOS_STATIC_REFERENCES,
};

/* proc.c has the first of the list. */
struct zeroos_entry zeroos_tmp = {
    .next = &zeroos_dev,
    .link = &zeroos_proc.next,
    .parent = &zeroos_root,
    .inode = &zeroos_tmp_inode,
    ZEROOS_STATIC_NAME("tmp"),
    .sequence = ZEROOS_FIRST_SEQUENCE + 2,
};

/* The last, so that what is embedded follows. */
struct zeroos_entry zeroos_dev = {
    .next = &zeroos_embedded,
    .link = &zeroos_tmp.next,
    .parent = &zeroos_root,
    .inode = &zeroos_dev_inode,
    ZEROOS_STATIC_NAME("dev"),
    .sequence = ZEROOS_FIRST_SEQUENCE + 1,
};

ZEROOS_WEAK struct zeroos_entry *zeroos_cwd = &zeroos_root;
