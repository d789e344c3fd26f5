/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Reads an archive entry by entry. Names must rise bytewise: then nothing comes twice, directories
 * come before what is in them, and no table is needed to see it.
 *
 * The format: cpio(5), "New ASCII Format"; Linux Documentation/driver-api/early-userspace/
 * buffer-format.rst. Compiled for the host too, where tests fuzz it.
 */
#include <stdbool.h>

#include <zeroos/abi.h>
#include <zeroos/bundle.h>

enum { MAGIC = 6, DIGITS = 8, FIELDS = 13, HEAD = MAGIC + DIGITS * FIELDS };
/* Fields that count. All others (owner, times, inode, device) say nothing to the image. */
enum { MODE = 1, LINKS = 4, SIZE = 6, NAME_SIZE = 11 };
enum { LONGEST_NAME = 4096, LONGEST_LINK = 4095 };

static const char trailer[] = "TRAILER!!!";

/* The part of an archive that is still to be read, always a multiple of 4 bytes from its start. */
struct reader {
    const uint8_t *data;
    size_t left;
};

struct entry {
    unsigned mode;
    struct zeroos_span name, data; /* the name without its zero byte */
};

static bool field(const uint8_t *head, unsigned number, uint32_t *value)
{
    const uint8_t *at = head + MAGIC + number * DIGITS;
    uint32_t result = 0;
    for (const uint8_t *end = at + DIGITS; at < end; at++) {
        unsigned digit = *at;
        if (digit - '0' < 10)
            digit -= '0';
        else if ((digit | 0x20) - 'a' < 6)
            digit = (digit | 0x20) - 'a' + 10;
        else
            return false;
        result = result << 4 | digit;
    }
    *value = result;
    return true;
}

static bool equal(struct zeroos_span span, const char *text)
{
    size_t i = 0;
    while (i < span.size && text[i] && span.data[i] == (uint8_t)text[i])
        i++;
    return i == span.size && !text[i];
}

/* Below 0: `left` comes first; 0: they are the same. */
static int compare(struct zeroos_span left, struct zeroos_span right)
{
    size_t shorter = left.size < right.size ? left.size : right.size;
    for (size_t i = 0; i < shorter; i++)
        if (left.data[i] != right.data[i])
            return left.data[i] < right.data[i] ? -1 : 1;
    return left.size == right.size ? 0 : left.size < right.size ? -1 : 1;
}

static bool has_zero(struct zeroos_span span)
{
    for (size_t i = 0; i < span.size; i++)
        if (span.data[i] == 0)
            return true;
    return false;
}

/* Takes `size` bytes that lie `skip` bytes ahead, and the padding behind them. */
static bool take(struct reader *reader, size_t skip, size_t size, struct zeroos_span *span)
{
    if (skip > reader->left || size > reader->left - skip)
        return false;
    span->data = reader->data + skip;
    span->size = size;
    size_t whole = skip + size, padding = -whole & 3;
    /* Nothing but the end can follow where the padding is missing. */
    if (padding > reader->left - whole)
        padding = reader->left - whole;
    reader->data += whole + padding;
    reader->left -= whole + padding;
    return true;
}

static const char *next(struct reader *reader, struct entry *entry)
{
    const uint8_t *head = reader->data;
    uint32_t value, links, size, name_size;
    if (reader->left < MAGIC)
        return "it is cut off: there is no trailer";
    for (int i = 0; i < MAGIC; i++)
        if (head[i] != (uint8_t)"070701"[i])
            return "bad magic: an entry must start with 070701";
    if (reader->left < HEAD)
        return "it is cut off in the head of an entry";
    for (unsigned i = 0; i < FIELDS; i++)
        if (!field(head, i, &value))
            return "a number in the head of an entry is not hexadecimal";
    (void)field(head, MODE, &entry->mode);
    (void)field(head, LINKS, &links);
    (void)field(head, SIZE, &size);
    (void)field(head, NAME_SIZE, &name_size);
    if (name_size < 2 || name_size > LONGEST_NAME)
        return "the name of an entry is empty or longer than 4095 bytes";
    if (!take(reader, HEAD, name_size, &entry->name))
        return "it is cut off in the name of an entry";
    entry->name.size--;
    if (entry->name.data[entry->name.size] != 0 || has_zero(entry->name))
        return "the name of an entry does not end where its length says";
    if (!take(reader, 0, size, &entry->data))
        return "it is cut off: the size of an entry is larger than what is left";
    if ((entry->mode & S_IFMT) == S_IFREG && links > 1)
        return "hard links are refused";
    return NULL;
}

/* No part of a name may be empty, `.` or `..`; so none is absolute. */
static bool is_plain(struct zeroos_span name)
{
    for (size_t i = 0, start = 0; i <= name.size; i++) {
        if (i < name.size && name.data[i] != '/')
            continue;
        size_t length = i - start;
        const uint8_t *part = name.data + start;
        if (length == 0 || (part[0] == '.' && (length == 1 || (length == 2 && part[1] == '.'))))
            return false;
        start = i + 1;
    }
    return true;
}

static const char *check_list(struct zeroos_span list)
{
    if (list.size && list.data[list.size - 1] != 0)
        return "its last string does not end with a zero byte";
    return NULL;
}

/* Variables must rise bytewise, so that none comes twice. */
static const char *check_variables(struct zeroos_span list)
{
    struct zeroos_span before = {NULL, 0};
    for (size_t i = 0, start = 0, sign = 0; i < list.size; i++) {
        if (list.data[i] == '=' && sign == 0)
            sign = i + 1;
        if (list.data[i] != 0)
            continue;
        if (sign <= start + 1)
            return "a variable has no name or no `=`";
        struct zeroos_span name = {list.data + start, sign - start};
        int order = compare(before, name);
        if (order == 0)
            return "a variable comes twice";
        if (order > 0)
            return "its variables are not sorted";
        before = name;
        start = i + 1;
        sign = 0;
    }
    return NULL;
}

static const char *take_part(struct zeroos_bundle *bundle, const struct entry *entry, unsigned bit)
{
    if ((entry->mode & S_IFMT) != S_IFREG)
        return "it must be a regular file";
    if (!(bundle->allow & bit))
        return "the manifest does not allow it";
    if (bit == ZEROOS_BUNDLE_STDIN) {
        bundle->input = entry->data;
        return NULL;
    }
    const char *wrong = check_list(entry->data);
    if (bit == ZEROOS_BUNDLE_ARGS) {
        bundle->args = entry->data;
        return wrong;
    }
    bundle->env = entry->data;
    return wrong ? wrong : check_variables(entry->data);
}

static const char *take_file(const struct zeroos_bundle *bundle, const struct entry *entry)
{
    unsigned type = entry->mode & S_IFMT;
    if (!(bundle->allow & ZEROOS_BUNDLE_FILES) || !bundle->add)
        return "the manifest does not allow files";
    if (type != S_IFREG && type != S_IFDIR && type != S_IFLNK)
        return "device nodes, pipes and sockets are refused";
    if (type == S_IFDIR && entry->data.size)
        return "a directory has a size";
    if (type == S_IFLNK && (entry->data.size == 0 || entry->data.size > LONGEST_LINK))
        return "a symbolic link is empty or longer than 4095 bytes";
    if (type == S_IFLNK && has_zero(entry->data))
        return "a symbolic link holds a zero byte";
    const char *path = (const char *)entry->name.data + sizeof "root" - 1;
    if (*path == 0)
        return type == S_IFDIR ? NULL : "it must be a directory";
    return bundle->add(path, entry->mode, entry->data);
}

static const char *take_entry(struct zeroos_bundle *bundle, const struct entry *entry)
{
    if (!is_plain(entry->name))
        return "a name is absolute, or has an empty, `.` or `..` part";
    if (equal(entry->name, "args"))
        return take_part(bundle, entry, ZEROOS_BUNDLE_ARGS);
    if (equal(entry->name, "env"))
        return take_part(bundle, entry, ZEROOS_BUNDLE_ENV);
    if (equal(entry->name, "stdin"))
        return take_part(bundle, entry, ZEROOS_BUNDLE_STDIN);
    struct zeroos_span first = {entry->name.data, sizeof "root" - 1};
    bool below = entry->name.size > first.size && entry->name.data[first.size] == '/';
    if (equal(entry->name, "root") || (below && equal(first, "root")))
        return take_file(bundle, entry);
    return "the entry has no meaning: args, env, stdin and root/ have";
}

const char *zeroos_bundle_read(struct zeroos_bundle *bundle, const uint8_t *data, size_t size)
{
    struct reader reader = {data, size};
    struct zeroos_span before = {NULL, 0};
    for (;;) {
        struct entry entry = {0, {NULL, 0}, {NULL, 0}};
        const char *wrong = next(&reader, &entry);
        bundle->entry = entry.name;
        if (wrong)
            return wrong;
        if (equal(entry.name, trailer)) {
            bundle->entry.size = 0;
            if (entry.data.size)
                return "the trailer has a size";
            break;
        }
        int order = compare(before, entry.name);
        if (order >= 0)
            return order == 0 ? "an entry comes twice" : "entries are not sorted by name";
        wrong = take_entry(bundle, &entry);
        if (wrong)
            return wrong;
        before = entry.name;
    }
    /* Archivers fill their last block. */
    for (size_t i = 0; i < reader.left; i++)
        if (reader.data[i] != 0)
            return "something follows the trailer";
    return NULL;
}
