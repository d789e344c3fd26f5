/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The private input as one archive (cpio newc, the format of an initramfs), docs/running.md. The
 * prover writes it, so every byte of it is checked, and nothing of it is copied but arguments and
 * environment.
 */
#ifndef ZEROOS_BUNDLE_H
#define ZEROOS_BUNDLE_H

#include <stddef.h>
#include <stdint.h>

/* What a bundle may carry, bits of struct zeroos_bundle.allow. */
enum {
    ZEROOS_BUNDLE_ARGS = 1,
    ZEROOS_BUNDLE_ENV = 2,
    ZEROOS_BUNDLE_STDIN = 4,
    ZEROOS_BUNDLE_FILES = 8,
};

struct zeroos_span {
    const uint8_t *data;
    size_t size;
};

/* Takes a file, directory or link under root/, `mode` as in stat; `path` starts with a slash and
 * is terminated. NULL, or what is wrong. */
typedef const char *zeroos_bundle_add(const char *path, unsigned mode, struct zeroos_span data);

struct zeroos_bundle {
    unsigned allow;
    zeroos_bundle_add *add; /* NULL unless files are allowed */

    /* Found: lists of strings that all end with a zero byte, the strings of `env` sorted. */
    struct zeroos_span args, env, input;
    /* The name of the entry that the error is about; not terminated, and no name for text. */
    struct zeroos_span entry;
};

/* io/bundle.c: NULL, or what is wrong with the archive. */
const char *zeroos_bundle_read(struct zeroos_bundle *bundle, const uint8_t *data, size_t size);

/* Of the image: what its manifest allows, and zeroos_bundle_add_file or NULL. */
extern const unsigned zeroos_bundle_allowed;
extern zeroos_bundle_add *const zeroos_bundle_adder;
/* io/bundle_files.c */
zeroos_bundle_add zeroos_bundle_add_file;

#endif
