/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Names in directories. Few are looked for one after the other, many by hash; the buckets are
 * made when a search has become long. The list has the newest name first, so sequences fall along
 * it: a directory that is read while names come and go shows each of the others exactly once.
 */
#include <zeroos/memory.h>
#include <zeroos/tree.h>

/* Names that are compared before a directory gets buckets. */
enum { LINEAR = 16, FIRST_BITS = 6 };

static struct zeroos_pool pool = {.size = (sizeof(struct zeroos_entry) + 15) / 16 * 16};

uint32_t zeroos_hash(const char *name, unsigned length)
{
    uint32_t hash = ZEROOS_HASH_START;
    for (const char *end = name + length; name < end; name++)
        hash = (hash ^ (unsigned char)*name) * ZEROOS_HASH_FACTOR;
    return hash;
}

static struct zeroos_entry **bucket_of(const struct zeroos_inode *directory, uint32_t hash)
{
    /* The low bits of FNV are the worst ones; 2^32 / golden ratio mixes them up. */
    return &directory->directory.buckets[hash * 2654435769u >> (32 - directory->directory.bits)];
}

static void put(const struct zeroos_inode *directory, struct zeroos_entry *entry)
{
    struct zeroos_entry **bucket = bucket_of(directory, entry->hash);
    entry->same = *bucket;
    *bucket = entry;
}

static size_t bytes(unsigned bits)
{
    return sizeof(struct zeroos_entry *) << bits;
}

static __attribute__((noinline)) void fill_buckets(struct zeroos_inode *directory)
{
    memset(directory->directory.buckets, 0, bytes(directory->directory.bits));
    for (struct zeroos_entry *entry = directory->directory.first; entry; entry = entry->next) {
        /* Names of the libOS itself come without. */
        if (!entry->hash)
            entry->hash = zeroos_hash(entry->name, entry->length);
        put(directory, entry);
    }
}

/* Without memory for it the search stays long, or the buckets stay full. */
static __attribute__((noinline)) void make_buckets(struct zeroos_inode *directory, unsigned count)
{
    struct zeroos_entry **old = directory->directory.buckets;
    unsigned bits = FIRST_BITS;
    while (count >= 1u << bits)
        bits++;
    size_t room = zeroos_block_room(bytes(bits));
    struct zeroos_entry **fresh = zeroos_block_take(room);
    if (!fresh)
        return;
    if (old)
        zeroos_block_give(old, zeroos_block_room(bytes(directory->directory.bits)));
    directory->directory.buckets = fresh;
    directory->directory.bits = bits;
    directory->directory.count = count;
    fill_buckets(directory);
}

static bool is(const struct zeroos_entry *entry, const char *name, unsigned length)
{
    return entry->length == length && memcmp(entry->name, name, length) == 0;
}

struct zeroos_entry *zeroos_find(struct zeroos_inode *directory, const char *name, unsigned length,
                                 uint32_t hash)
{
    struct zeroos_entry *entry;
    if (directory->directory.buckets) {
        for (entry = *bucket_of(directory, hash); entry; entry = entry->same)
            if (entry->hash == hash && is(entry, name, length))
                break;
        return entry;
    }
    unsigned steps = 0;
    struct zeroos_entry *found = NULL;
    for (entry = directory->directory.first; entry; entry = entry->next) {
        if (!found && is(entry, name, length))
            found = entry;
        if (found && steps < LINEAR)
            break;
        steps++;
    }
    if (steps >= LINEAR)
        make_buckets(directory, steps);
    return found;
}

static void link(struct zeroos_entry *entry, struct zeroos_entry *parent)
{
    struct zeroos_inode *directory = parent->inode;
    entry->parent = parent;
    parent->references++;
    entry->sequence = directory->directory.sequence++;
    entry->next = directory->directory.first;
    entry->link = &directory->directory.first;
    if (entry->next)
        entry->next->link = &entry->next;
    directory->directory.first = entry;
    if (directory->directory.buckets) {
        if (++directory->directory.count >= 2u << directory->directory.bits)
            make_buckets(directory, directory->directory.count);
        else
            put(directory, entry);
    }
}

/* The entry keeps its reference to the parent. */
static void unlink(struct zeroos_entry *entry)
{
    struct zeroos_inode *directory = entry->parent->inode;
    if (directory->directory.cursor == entry)
        directory->directory.cursor = entry->next;
    *entry->link = entry->next;
    if (entry->next)
        entry->next->link = entry->link;
    entry->link = NULL;
    if (directory->directory.buckets) {
        struct zeroos_entry **place = bucket_of(directory, entry->hash);
        while (*place != entry)
            place = &(*place)->same;
        *place = entry->same;
        directory->directory.count--;
    }
}

static bool set_name(struct zeroos_entry *entry, const char *name, unsigned length, uint32_t hash)
{
    size_t room = zeroos_block_room(length);
    char *copy = zeroos_block_take(room);
    if (!copy)
        return false;
    memcpy(copy, name, length);
    entry->name = copy;
    entry->length = (uint8_t)length;
    entry->room = (uint16_t)room;
    entry->hash = hash;
    return true;
}

struct zeroos_entry *zeroos_attach(struct zeroos_entry *directory, struct zeroos_inode *inode,
                                   const char *name, unsigned length, uint32_t hash)
{
    if (directory->inode->directory.sequence >= ZEROOS_LAST_SEQUENCE - 2)
        return NULL;
    struct zeroos_entry *entry = zeroos_object_take(&pool);
    if (!entry)
        return NULL;
    if (!set_name(entry, name, length, hash)) {
        zeroos_pool_give(&pool, entry);
        return NULL;
    }
    entry->image = false;
    entry->inode = inode;
    inode->references++;
    entry->references = 1;
    link(entry, directory);
    return entry;
}

void zeroos_detach(struct zeroos_entry *entry)
{
    unlink(entry);
    zeroos_put_entry(entry);
}

void zeroos_put_entry(struct zeroos_entry *entry)
{
    while (--entry->references == 0) {
        struct zeroos_entry *parent = entry->parent;
        zeroos_put_inode(entry->inode);
        zeroos_block_give((void *)(uintptr_t)entry->name, entry->room);
        if (!entry->image)
            zeroos_pool_give(&pool, entry);
        entry = parent;
    }
}

bool zeroos_move(struct zeroos_entry *entry, struct zeroos_entry *directory, const char *name,
                 unsigned length, uint32_t hash)
{
    struct zeroos_entry *parent = entry->parent;
    const char *old_name = entry->name;
    uint16_t old_room = entry->room;
    if (directory->inode->directory.sequence >= ZEROOS_LAST_SEQUENCE - 2)
        return false;
    struct zeroos_entry named;
    if (!set_name(&named, name, length, hash))
        return false;
    unlink(entry);
    entry->name = named.name;
    entry->length = named.length;
    entry->room = named.room;
    entry->hash = hash;
    zeroos_block_give((void *)(uintptr_t)old_name, old_room);
    link(entry, directory);
    zeroos_put_entry(parent);
    return true;
}

void zeroos_exchange(struct zeroos_entry *one, struct zeroos_entry *two)
{
    struct zeroos_entry *parent_one = one->parent, *parent_two = two->parent;
    struct zeroos_entry name = *one;
    unlink(one);
    unlink(two);
    one->name = two->name, one->length = two->length, one->room = two->room, one->hash = two->hash;
    two->name = name.name, two->length = name.length, two->room = name.room, two->hash = name.hash;
    link(one, parent_two);
    link(two, parent_one);
    zeroos_put_entry(parent_one);
    zeroos_put_entry(parent_two);
}

bool zeroos_is_below(const struct zeroos_entry *entry, const struct zeroos_entry *above)
{
    while (entry != above && entry != entry->parent)
        entry = entry->parent;
    return entry == above;
}
