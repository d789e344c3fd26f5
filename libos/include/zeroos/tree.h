/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The in-memory file system. An inode is a file, directory, link or device; an entry is a name
 * for one in a directory. An entry is one name's place for all of its life: rename moves it, and
 * after unlink it stays as long as somebody holds the file open, so that its path is known.
 *
 * What the manifest embeds is static data in these forms (templates/files.c.j2): nothing happens
 * at the start of the run, and a file's bytes stay where they are until they are written.
 */
#ifndef ZEROOS_TREE_H
#define ZEROOS_TREE_H

#include <zeroos/vfs.h>

/* Counted from the start of the run, unless `nanoseconds` has ZEROOS_ABSOLUTE: then since 1970. */
struct zeroos_time {
    int64_t seconds;
    uint32_t nanoseconds;
};
#define ZEROOS_ABSOLUTE 0x80000000u

struct zeroos_pipe;
struct zeroos_sink;

struct zeroos_inode {
    struct zeroos_node node;
    unsigned long links; /* names that lead here; two and more for directories */
    unsigned references; /* entries, and files without one */
    bool fixed;          /* devices and /proc: cannot be changed, nor what is in it */
    bool image;          /* static: its memory is not given back */
    unsigned uid, gid;
    struct zeroos_time accessed, modified, changed;
    union {
        struct {
            const char *bytes; /* those up to `stored`; behind them all are zero */
            size_t size, stored, room;
            /* `room`: 0 while the bytes are the image's own, or a bundle's */
        } file;
        struct {
            struct zeroos_entry *first;    /* the newest */
            struct zeroos_entry **buckets; /* by hash, once there are many */
            struct zeroos_entry *cursor;   /* the first one with at most this sequence, */
            unsigned bound;                /* where getdents64 stopped */
            unsigned count;                /* of entries in buckets, once there are any */
            unsigned sequence;             /* the next one's */
            unsigned bits;                 /* there are 2^bits buckets */
        } directory;
        struct {
            const char *target; /* not terminated */
            size_t length, room;
            /* What the kernel makes up: writes at most `room` bytes, returns how many. */
            size_t (*make)(char *buffer, size_t room);
        } link;
        struct zeroos_pipe *pipe;               /* of a named pipe that is open */
        void (*text)(struct zeroos_sink *sink); /* of a file in /proc */
    };
};

struct zeroos_entry {
    struct zeroos_entry *next, **link; /* in its directory; link is NULL once it was removed */
    struct zeroos_entry *same;         /* in its bucket */
    struct zeroos_entry *parent;
    struct zeroos_inode *inode;
    const char *name;    /* not terminated */
    uint32_t hash;       /* 0: not known yet */
    unsigned sequence;   /* in its directory, rising */
    unsigned references; /* the directory, children, open files, working directory */
    uint8_t length;
    bool image;    /* as in the inode */
    uint16_t room; /* of the name; 0: it is static */
};

/* Entries of the image have lower sequences, those of the run higher ones. */
enum { ZEROOS_FIRST_SEQUENCE = 1 << 24, ZEROOS_LAST_SEQUENCE = 0x7fffffff };
/* Of what the libOS itself has, which stays for ever. */
enum { ZEROOS_STATIC_REFERENCES = 1 << 30 };

#define ZEROOS_STATIC_NAME(text)                                                                   \
    .name = text, .length = sizeof text - 1, .references = ZEROOS_STATIC_REFERENCES

/* FNV-1a of a name; the generator computes it too. */
#define ZEROOS_HASH_START 2166136261u
#define ZEROOS_HASH_FACTOR 16777619u

extern struct zeroos_entry zeroos_root, zeroos_tmp, zeroos_dev, zeroos_proc;
extern struct zeroos_inode zeroos_root_inode, zeroos_tmp_inode;
extern struct zeroos_entry *zeroos_cwd;
extern unsigned zeroos_umask;
extern const struct zeroos_operations zeroos_regular, zeroos_directory, zeroos_plain, zeroos_fifo;
extern struct zeroos_inode zeroos_proc_fd; /* /proc/self/fd: its names are descriptors */

static inline unsigned zeroos_type(const struct zeroos_node *node)
{
    return node->mode & S_IFMT;
}

static inline bool zeroos_is_directory(const struct zeroos_node *node)
{
    return zeroos_type(node) == S_IFDIR;
}

/* The inode of a node that is part of one. */
static inline struct zeroos_inode *zeroos_inode_of(struct zeroos_node *node)
{
    return (struct zeroos_inode *)node;
}

/* --- tree.c --- */

uint32_t zeroos_hash(const char *name, unsigned length);
struct zeroos_entry *zeroos_find(struct zeroos_inode *directory, const char *name, unsigned length,
                                 uint32_t hash);
/* A new name for an inode, which is referred to once more; or NULL: out of memory. */
struct zeroos_entry *zeroos_attach(struct zeroos_entry *directory, struct zeroos_inode *inode,
                                   const char *name, unsigned length, uint32_t hash);
/* Takes an entry out of its directory; `links` of its inode are the caller's. */
void zeroos_detach(struct zeroos_entry *entry);
/* Moves an entry to another directory and name; false: out of memory, and it is where it was. */
bool zeroos_move(struct zeroos_entry *entry, struct zeroos_entry *directory, const char *name,
                 unsigned length, uint32_t hash);
/* Two entries change places and names. */
void zeroos_exchange(struct zeroos_entry *one, struct zeroos_entry *two);
/* Whether `entry` is `above` or lies somewhere below it. */
bool zeroos_is_below(const struct zeroos_entry *entry, const struct zeroos_entry *above);

/* --- directory.c --- */

/* The position in what has no end that could be told: the names of a directory (whose positions
 * getdents64.c makes), and texts of /proc. */
long long zeroos_seek_endless(struct zeroos_file *file, long long offset, int whence);

/* --- inode.c --- */

/* An inode without a name and with one reference, or NULL. `mode` is taken as it is. */
struct zeroos_inode *zeroos_new_inode(unsigned mode);
void zeroos_put_inode(struct zeroos_inode *inode);
void zeroos_put_entry(struct zeroos_entry *entry);
/* What an open file of an inode gives back. */
void zeroos_put_file(struct zeroos_file *file);

/* --- blocks.c: memory of any size --- */

/* What a block of at least `size` bytes holds: the size that it is given back with. */
size_t zeroos_block_room(size_t size);
/* A block of exactly a `room`, contents unspecified; NULL: out of memory. */
void *zeroos_block_take(size_t room);
void zeroos_block_give(void *block, size_t room);
struct zeroos_pool;
/* As zeroos_pool_take, from pages that programs gave back too. */
void *zeroos_object_take(struct zeroos_pool *pool);

/* --- regular.c --- */

/* The largest size of a file: sums of two fit an off_t. */
#define ZEROOS_LARGEST_FILE ((size_t)-1 / (__riscv_xlen == 64 ? 4 : 2))
long zeroos_resize(struct zeroos_inode *inode, long long size);
long zeroos_read_file(struct zeroos_file *file, void *buffer, size_t size, uintptr_t site);
long zeroos_write_file(struct zeroos_file *file, const void *buffer, size_t size, uintptr_t site);
/* Copies bytes that are there; the two places do not overlap. Returns `size` or an error. */
long zeroos_copy_file(struct zeroos_inode *to, long long target, const struct zeroos_inode *from,
                      long long source, size_t size);
/* Makes sure that bytes up to `end` can be written without failing. */
bool zeroos_reserve(struct zeroos_inode *inode, size_t end);
/* Gives up all bytes. */
void zeroos_empty(struct zeroos_inode *inode);

/* --- file_map.c: for mmap --- */

/* Puts what a file holds from `offset` on into `size` bytes of zeroed memory; with `pages` NULL it
 * only says whether it could: 0, EBADF, EACCES, ENODEV. */
long zeroos_file_map(int fd, uint64_t offset, void *pages, size_t size, int prot, int flags);

/* --- times.c --- */

struct zeroos_time zeroos_time_now(void);
/* As the program sees it, since 1970. */
struct zeroos_time zeroos_time_shown(struct zeroos_time time);
/* The contents of a file or the names in a directory changed, or only what stat tells. */
void zeroos_modified(struct zeroos_inode *inode);
void zeroos_changed(struct zeroos_inode *inode);

/* A file does not run as somebody else any more: as in Linux, set-group-ID says that only where
 * the group may execute. */
static inline void zeroos_drop_identity(struct zeroos_node *node)
{
    node->mode &= ~(unsigned)(node->mode & 010 ? S_ISUID | S_ISGID : S_ISUID);
}

/* Somebody wrote to a file. */
static inline void zeroos_written(struct zeroos_inode *inode)
{
    zeroos_drop_identity(&inode->node);
    zeroos_modified(inode);
}

/* --- walk.c: paths --- */

enum zeroos_how {
    ZEROOS_FOLLOW = 1, /* a link at the end of the path */
    ZEROOS_PARENT = 2, /* the name counts, not what it leads to; a `/` behind it is the caller's */
    ZEROOS_EMPTY = 4,  /* an empty path is the directory descriptor itself */
    ZEROOS_SECOND = 8, /* the result of another walk must stay */
    ZEROOS_FILE = 16,  /* a file may be made: a `/` behind the last name is EISDIR */
};

/* ZEROOS_LONG, where ZEROOS_PARENT asks: longer than any name. */
enum zeroos_last { ZEROOS_NAME, ZEROOS_LONG, ZEROOS_DOT, ZEROOS_DOT_DOT, ZEROOS_ROOT };

/* Where a path leads. Good until somebody changes the tree, or the next walk. */
struct zeroos_walk {
    struct zeroos_node *node;       /* what it leads to; NULL: there is nothing */
    struct zeroos_entry *entry;     /* its name; NULL: there is nothing, or something without one */
    struct zeroos_file *file;       /* the path named this open file's descriptor */
    struct zeroos_entry *directory; /* which holds the last name */
    const char *name;
    uint32_t hash;
    uint8_t length;
    uint8_t last; /* what the last part of the path is */
    bool slash;   /* and whether a `/` stands behind it */
    bool number;  /* the link of `file` in /proc/self/fd is meant, not what it leads to */
};

/* 0, also when only the last name leads nowhere; or an error. */
long zeroos_walk(int directory, const char *path, unsigned how, struct zeroos_walk *walk);
/* The same, but ENOENT where nothing is there. */
long zeroos_walk_to(int directory, const char *path, unsigned how, struct zeroos_walk *walk);
/* For calls with AT_EMPTY_PATH and AT_SYMLINK_NOFOLLOW in `flags`, others in `known`. */
long zeroos_walk_at(int directory, const char *path, int flags, int known,
                    struct zeroos_walk *walk);
/* For calls that make a name: EEXIST, ENOENT, EACCES. A directory may have a `/` behind it. */
long zeroos_walk_new(int directory, const char *path, bool is_directory, unsigned how,
                     struct zeroos_walk *walk);

/* --- create.c --- */

/* Makes a file, directory or other inode where a walk found nothing; umask is applied. The new
 * inode, or NULL: out of memory. */
struct zeroos_inode *zeroos_create(struct zeroos_walk *walk, unsigned mode);

/* --- path.c --- */

/* Writes the path of an entry, "(deleted)" included, and returns its length; -ENAMETOOLONG. */
long zeroos_path(const struct zeroos_entry *entry, char *buffer, size_t room);

/* --- bundle.c: for what comes into the tree before main --- */

/*
 * Paths are absolute and plain: no empty, `.` or `..` part, no NUL (the caller's to check); their
 * directories are made. Bytes and texts stay where they are,
 * for ever, and are copied only when the program writes; of a mode the permissions count.
 *
 * 0, or -EEXIST (a file or link is never replaced), -ENOTDIR (a part of the path is no directory),
 * -EINVAL (the path is not plain), -ENAMETOOLONG, -EACCES (in /dev or /proc), -ENOSPC.
 */
long zeroos_add_file(const char *path, size_t length, unsigned mode, const void *data, size_t size);
/* A directory that is there already gets the mode; -EEXIST is a file. */
long zeroos_add_directory(const char *path, size_t length, unsigned mode);
long zeroos_add_link(const char *path, size_t length, const char *target, size_t size);

#endif
