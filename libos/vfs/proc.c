/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* /proc: this one process, as far as C libraries and language runtimes look. */
#include <zeroos/devices.h>

void zeroos_emit(struct zeroos_sink *sink, const char *data, size_t size)
{
    size_t skip = sink->skip < size ? sink->skip : size;
    sink->skip -= skip;
    size -= skip;
    if (size > sink->room)
        size = sink->room;
    memcpy(sink->to, data + skip, size);
    sink->to += size;
    sink->room -= size;
}

void zeroos_emit_words(struct zeroos_sink *sink, const char *words)
{
    size_t size = 0;
    while (words[size])
        size++;
    zeroos_emit(sink, words, size);
}

void zeroos_emit_number(struct zeroos_sink *sink, unsigned long value, unsigned base,
                        unsigned digits)
{
    char text[24], *at = text + sizeof text;
    unsigned count = 0;
    do {
        *--at = "0123456789abcdef"[value % base];
        value /= base;
    } while (++count < digits || value);
    zeroos_emit(sink, at, count);
}

/* The text is made anew for each piece that is read. */
static long read_text(struct zeroos_file *file, void *buffer, size_t size, uintptr_t site)
{
    (void)site;
    void (*text)(struct zeroos_sink *) = zeroos_inode_of(file->node)->text;
    struct zeroos_sink sink = {buffer, (size_t)file->position, size};
    if ((unsigned long long)file->position > (size_t)-1)
        return 0;
    text(&sink);
    file->position += (long long)(size - sink.room);
    return (long)(size - sink.room);
}

static size_t make_exe(char *buffer, size_t room)
{
    struct zeroos_sink sink = {buffer, 0, room};
    zeroos_emit_words(&sink, "/");
    zeroos_emit_words(&sink, zeroos_name);
    return room - sink.room;
}

static size_t make_cwd(char *buffer, size_t room)
{
    long length = zeroos_path(zeroos_cwd, buffer, room);
    return length < 0 ? 0 : (size_t)length;
}

/* Nobody writes here, not even with all rights. */
static long open(struct zeroos_file *file, uintptr_t site)
{
    (void)site;
    return zeroos_writable(file) ? -EACCES : 0;
}

static const struct zeroos_more more = {.open = open, .release = zeroos_put_file};
static const struct zeroos_operations generated = {
    .read = read_text, .seek = zeroos_seek_endless, .more = &more};

#define TEXT(function) ZEROOS_FIXED_INODE(&generated, S_IFREG | 0444, 1, .text = function)
#define MADE_LINK(function)                                                                        \
    ZEROOS_FIXED_INODE(&zeroos_plain, S_IFLNK | 0777, 1, .link = {.make = function})

enum { STATUS, STAT, ENVIRON, CMDLINE, MAPS, ROOT, CWD, EXE, FD, COUNT };

static struct zeroos_entry process, entries[COUNT];
struct zeroos_inode zeroos_proc_fd = ZEROOS_FIXED_DIRECTORY(NULL, 0, 0);
static struct zeroos_inode process_inode = ZEROOS_FIXED_DIRECTORY(&entries[STATUS], COUNT, 1);
static struct zeroos_inode self_inode = ZEROOS_FIXED_LINK("1");
static struct zeroos_inode inodes[COUNT - 1] = {
    [STATUS] = TEXT(zeroos_proc_status),   [STAT] = TEXT(zeroos_proc_stat),
    [ENVIRON] = TEXT(zeroos_proc_environ), [CMDLINE] = TEXT(zeroos_proc_cmdline),
    [MAPS] = TEXT(zeroos_proc_maps),       [ROOT] = ZEROOS_FIXED_LINK("/"),
    [CWD] = MADE_LINK(make_cwd),           [EXE] = MADE_LINK(make_exe),
};

#define ENTRY(i, of, text)                                                                         \
    [i] = {                                                                                        \
        .next = i + 1 < COUNT ? &entries[i + 1 < COUNT ? i + 1 : 0] : NULL,                        \
        .link = i ? &entries[i ? i - 1 : 0].next : &process_inode.directory.first,                 \
        .parent = &process,                                                                        \
        .inode = of,                                                                               \
        .sequence = COUNT - i,                                                                     \
        ZEROOS_STATIC_NAME(text),                                                                  \
    }

static struct zeroos_entry entries[COUNT] = {
    ENTRY(STATUS, &inodes[STATUS], "status"),
    ENTRY(STAT, &inodes[STAT], "stat"),
    ENTRY(ENVIRON, &inodes[ENVIRON], "environ"),
    ENTRY(CMDLINE, &inodes[CMDLINE], "cmdline"),
    ENTRY(MAPS, &inodes[MAPS], "maps"),
    ENTRY(ROOT, &inodes[ROOT], "root"),
    ENTRY(CWD, &inodes[CWD], "cwd"),
    ENTRY(EXE, &inodes[EXE], "exe"),
    ENTRY(FD, &zeroos_proc_fd, "fd"),
};

static struct zeroos_entry self = {
    .link = &process.next,
    .parent = &zeroos_proc,
    .inode = &self_inode,
    .sequence = 1,
    ZEROOS_STATIC_NAME("self"),
};
static struct zeroos_entry process = {
    .next = &self,
    .link = &zeroos_proc_inode.directory.first,
    .parent = &zeroos_proc,
    .inode = &process_inode,
    .sequence = 2,
    ZEROOS_STATIC_NAME("1"),
};
struct zeroos_inode zeroos_proc_inode = ZEROOS_FIXED_DIRECTORY(&process, 2, 1);

/* The first name in the root directory; root.c has the others. */
struct zeroos_entry zeroos_proc = {
    .next = &zeroos_tmp,
    .link = &zeroos_root_inode.directory.first,
    .parent = &zeroos_root,
    .inode = &zeroos_proc_inode,
    .sequence = ZEROOS_FIRST_SEQUENCE + 3,
    ZEROOS_STATIC_NAME("proc"),
};
